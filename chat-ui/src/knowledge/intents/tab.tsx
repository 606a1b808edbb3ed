import { useQuery } from '@tanstack/react-query';
import { Plus, Target } from 'lucide-react';
import type { Intent } from '#contracts';
import { mayUse } from '../../api/session.ts';
import { useSession } from '../../api/use-session.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { plural } from '../../ui/format.ts';
import { Panel, PanelHeader } from '../../ui/panel.tsx';
import { RowsSkeleton } from '../../ui/rows-skeleton.tsx';
import { intentsQuery } from '../queries.ts';
import { isChanged } from './draft.ts';
import { IntentRow } from './intent-row.tsx';
import { SaveBar } from './save-bar.tsx';
import { useDrafts } from './use-drafts.ts';

/** What customers often come with and what the bot does about it. */
export function IntentsTab() {
  const { data: intents, error, refetch } = useQuery(intentsQuery);
  if (error) {
    return (
      <Panel>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Panel>
    );
  }
  return intents ? <Editor saved={intents} /> : <RowsSkeleton label="Loading the intents" rows={6} />;
}

function Editor({ saved }: { saved: Intent[] }) {
  const editable = mayUse(useSession(), 'admin');
  const work = useDrafts(saved);
  const faults = work.problems.filter((problems) => Object.keys(problems).length > 0).length;
  const add = (
    <Button onClick={work.add}>
      <Plus aria-hidden="true" /> New intent
    </Button>
  );
  return (
    <>
      <Panel>
        {work.drafts.length === 0 ? (
          <EmptyState icon={Target} title="No intents yet" action={editable && add}>
            An intent is something customers often come with. Give a few examples of how they put it, and the
            bot knows it again: it answers from the right article, hands over, or asks which of two was meant.
          </EmptyState>
        ) : (
          <>
            <PanelHeader
              title={plural(work.drafts.length, 'intent')}
              hint={
                editable
                  ? 'Known by their examples. When two are close, the customer is asked which was meant'
                  : 'Admins change them'
              }
            >
              {editable && add}
            </PanelHeader>
            <ul className="divide-y divide-line">
              {work.drafts.map((draft, index) => (
                <IntentRow
                  key={draft.key}
                  draft={draft}
                  problems={work.problems[index] ?? {}}
                  changed={isChanged(draft, saved)}
                  open={work.isOpen(draft.key)}
                  editable={editable}
                  onToggle={() => work.toggle(draft.key)}
                  onChange={work.change}
                  onRemove={() => work.remove(draft.key)}
                />
              ))}
            </ul>
          </>
        )}
      </Panel>
      <SaveBar
        changes={work.changes}
        faults={faults}
        problem={work.problem}
        saving={work.saving}
        onSave={work.save}
        onDiscard={work.discard}
      />
    </>
  );
}
