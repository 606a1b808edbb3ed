import { CloudOff } from 'lucide-react';
import { asParlanceError } from '#contracts';
import { Button } from '../../../ui/button.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Panel } from '../../../ui/panel.tsx';
import type { Judging, JudgingState } from './judging.ts';

/** What stands in the way: a server that does not answer, or an answer that nobody can do anything about. */
export function Obstacle({ state, judging }: { state: JudgingState; judging: Judging }) {
  if (state.phase === 'failed')
    return (
      <Panel>
        <ErrorState error={state.problem} onRetry={judging.again} />
      </Panel>
    );
  if (state.phase !== 'waiting') return null;
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg bg-warning-soft px-4 py-2.5 text-warning"
    >
      <CloudOff className="size-4 shrink-0" aria-hidden="true" />
      <span className="min-w-0 grow basis-48">
        {state.saving
          ? 'What you said is not saved yet. It is kept here, also when you leave, and sent as soon as possible.'
          : asParlanceError(state.problem).message}
      </span>
      <Button size="small" onClick={judging.again}>
        Try now
      </Button>
    </div>
  );
}
