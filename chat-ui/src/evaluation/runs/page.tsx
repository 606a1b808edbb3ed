import { useNavigate, useSearch } from '@tanstack/react-router';
import { Play } from 'lucide-react';
import { Page } from '../../app/page.tsx';
import { Button } from '../../ui/button.tsx';
import type { RunsSearch } from '../address.ts';
import { EvaluationTabs } from '../tabs.tsx';
import { useSteps } from '../use-steps.ts';
import { RunFilters } from './filters.tsx';
import { Jobs } from './jobs.tsx';
import { RunList } from './list.tsx';
import { StartDialog } from './start-dialog.tsx';

/** Every run of every suite, what needs a look first, and those on their way. */
export function RunsPage() {
  const search = useSearch({ from: '/evaluation/' });
  const navigate = useNavigate({ from: '/evaluation/' });
  const update = (change: RunsSearch) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const start = () => update({ start: true });
  useSteps('run', [{ id: 'start', title: 'Run a suite', keys: ['R'], press: 'r', run: start }]);
  return (
    <Page
      wide
      intro="What the models and the bot get right, measured on pinned rows, and whether it got better or worse."
      actions={
        <Button variant="primary" onClick={start}>
          <Play aria-hidden="true" /> Run a suite
        </Button>
      }
    >
      <EvaluationTabs />
      <Jobs />
      <RunFilters search={search} onChange={update} />
      <RunList search={search} onStart={start} onShowAll={() => void navigate({ search: {} })} />
      {search.start && <StartDialog onClose={() => update({ start: undefined })} />}
    </Page>
  );
}
