import { CircleCheckBig, LockKeyhole, RotateCcw } from 'lucide-react';
import type { ReviewDetail } from '#contracts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { plural } from '../../../ui/format.ts';
import { Kbd } from '../../../ui/kbd.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { Agreement } from '../results/agreement.tsx';
import type { Judging, JudgingState } from './judging.ts';

interface FinishedProps {
  detail: ReviewDetail;
  state: JudgingState;
  judging: Judging;
  onLeave: () => void;
}

/** When nothing is left for this rater, or the queue was closed. */
export function Finished({ detail, state, judging, onLeave }: FinishedProps) {
  const { wanted, judged } = detail.review.progress;
  const left = wanted - judged;
  const closed = state.phase === 'closed';
  return (
    <Panel className="pb-6">
      <EmptyState
        icon={closed ? LockKeyhole : CircleCheckBig}
        title={closed ? 'The queue is closed' : 'Nothing left for you'}
        className="pb-6"
        action={
          <>
            <Button variant="primary" onClick={onLeave}>
              See how the queue is
            </Button>
            {!closed && state.past.length > 0 && (
              <Button onClick={judging.undo}>
                <RotateCcw aria-hidden="true" /> Go back to the last one <Kbd>U</Kbd>
              </Button>
            )}
            {!closed && left > 0 && <Button onClick={judging.again}>Look again</Button>}
          </>
        }
      >
        {closed
          ? 'Nothing more is judged in it. Whoever closed it can reopen it.'
          : left > 0
            ? `${plural(left, 'judgement')} ${left === 1 ? 'is' : 'are'} left for others. Items that somebody leaves lying come back.`
            : 'Every item was judged by as many as should. Thank you.'}
      </EmptyState>
      {detail.review.agreement && (
        <div className="mx-auto max-w-md px-6">
          <Agreement agreement={detail.review.agreement} interval={detail.interval} />
        </div>
      )}
    </Panel>
  );
}
