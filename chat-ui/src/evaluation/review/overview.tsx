import { Download, Lock, LockOpen, Play } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ReviewDetail } from '#contracts';
import { pageCommands } from '../../app/commands.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { Panel, PanelHeader } from '../../ui/panel.tsx';
import type { ReviewSearch } from './address.ts';
import { GuidelineText } from './judging/guideline.tsx';
import { Progress } from './judging/progress.tsx';
import { Agreement } from './results/agreement.tsx';
import { Calibrations } from './results/calibration.tsx';
import { Counts } from './results/counts.tsx';
import { Judged } from './results/judged.tsx';
import { Raters } from './results/raters.tsx';
import { useQueue } from './results/use-queue.ts';

interface OverviewProps {
  detail: ReviewDetail;
  search: ReviewSearch;
  onChange: (change: ReviewSearch) => void;
}

/** How a queue is, and what its makers do with it. */
export function Overview({ detail, search, onChange }: OverviewProps) {
  const { review, raters, interval } = detail;
  const open = review.state === 'open';
  const exportable = !open || !review.blind;
  const { busy, close, reopen, take } = useQueue(review);
  const [asking, setAsking] = useState(false);
  const left = review.progress.wanted - review.progress.judged;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the command only navigates
  useEffect(() => {
    if (!open) return;
    pageCommands.set([
      { id: 'judge', title: 'Judge', keys: ['J'], press: 'j', run: () => onChange({ judge: true }) },
    ]);
    return () => pageCommands.set([]);
  }, [open]);
  return (
    <>
      <div className="flex flex-wrap gap-2">
        {open && (
          <Button variant="primary" onClick={() => onChange({ judge: true })}>
            <Play aria-hidden="true" /> Judge <Kbd>J</Kbd>
          </Button>
        )}
        {open ? (
          <Button disabled={busy} onClick={() => (left > 0 ? setAsking(true) : close())}>
            <Lock aria-hidden="true" /> Close the queue
          </Button>
        ) : (
          <Button disabled={busy} onClick={reopen}>
            <LockOpen aria-hidden="true" /> Reopen
          </Button>
        )}
        <Button
          disabled={busy || !exportable}
          title={exportable ? undefined : 'A blind queue has to be closed first'}
          onClick={take}
        >
          <Download aria-hidden="true" /> Export judgements
        </Button>
      </div>
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Panel className="space-y-4 p-4 sm:p-5">
          <Progress judged={review.progress.judged} wanted={review.progress.wanted} label="Judgements" />
          {review.agreement ? (
            <Agreement agreement={review.agreement} interval={interval} />
          ) : (
            <p className="text-muted">
              {review.overlap.raters > 1
                ? 'How far raters agree is told as soon as two have judged the same item.'
                : 'One rater judges each item of this queue, so nobody can say how far raters agree.'}
            </p>
          )}
        </Panel>
        <Raters raters={raters} />
        <Counts detail={detail} />
        <Panel>
          <PanelHeader title="Guideline" />
          <div className="px-4 py-1 sm:px-5">
            <GuidelineText rubric={review.rubric} />
          </div>
        </Panel>
      </div>
      {!open && <Calibrations review={review} />}
      {!open && <Judged review={review} show={search.show} onShow={(show) => onChange({ show })} />}
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title="Close the queue?"
        action="Close it"
        onConfirm={close}
      >
        {left} of {review.progress.wanted} judgements are still to come. Nothing more is judged once it is
        closed{review.blind && ', and everybody sees whose answers are whose'}. You can reopen it
        {review.blind && ', but what is judged afterwards is not blind any more'}.
      </Confirm>
    </>
  );
}
