import { BookOpenText, Info, MessageSquareText, Redo2, Undo2 } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { ReviewDetail } from '#contracts';
import { Announcer, announce } from '../../../ui/announcer.tsx';
import { Button } from '../../../ui/button.tsx';
import { Kbd } from '../../../ui/kbd.tsx';
import { SkeletonBlock } from '../../../ui/skeleton.tsx';
import { Switch } from '../../../ui/switch.tsx';
import { offeredBy } from '../scale.ts';
import { Choices } from './choices.tsx';
import { Comment } from './comment.tsx';
import { Finished } from './finished.tsx';
import { Guideline } from './guideline.tsx';
import { Item } from './item.tsx';
import type { Judging } from './judging.ts';
import { Lease } from './lease.tsx';
import { Progress } from './progress.tsx';
import { Obstacle } from './saving.tsx';
import { useConsequences } from './use-judging.ts';
import { useJudgingKeys } from './use-judging-keys.ts';

interface JudgingViewProps {
  detail: ReviewDetail;
  judging: Judging;
  onLeave: () => void;
}

/** One item at a time: what is asked, what was answered, and what can be said of it. */
export function JudgingView({ detail, judging, onLeave }: JudgingViewProps) {
  const { review } = detail;
  const state = judging.state.use();
  const { phase, item, draft, notice, past } = state;
  const [marked, setMarked] = useState(false);
  const [guideline, setGuideline] = useState(false);
  const input = useRef<HTMLTextAreaElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const offered = useMemo(() => offeredBy(review.rubric.scale), [review.rubric.scale]);
  const closeGuideline = useCallback(() => setGuideline(false), []);
  const ready = phase === 'judging';
  const comment = () => {
    if (!ready) return;
    // At once: what is typed next belongs to the comment, and would be commands outside it.
    flushSync(() => judging.write({ open: true }));
    input.current?.focus();
  };
  useConsequences(review.id, state);
  useJudgingKeys({
    ...{ judging, offered, pairs: review.pairs, onLeave, onComment: comment },
    onGuideline: () => setGuideline(!guideline),
    onMark: () => setMarked(!marked),
  });
  useEffect(() => {
    if (phase === 'finished') announce('Nothing left for you');
    if (notice) announce(notice);
  }, [phase, notice]);
  const open = ready && draft?.open ? draft : null;
  // Marked with the comment open, a choice still wants to be confirmed: Enter does.
  useEffect(() => {
    if (open?.choice != null && document.activeElement !== input.current)
      document.querySelector<HTMLElement>('[data-confirm]')?.focus();
  }, [open?.choice]);
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 grow basis-56">
          <Progress
            judged={review.progress.judged}
            wanted={review.progress.wanted}
            label="Judgements of the queue"
          />
        </div>
        {review.pairs && item && <Switch label="Mark differences" checked={marked} onChange={setMarked} />}
        <Button size="small" aria-expanded={guideline} onClick={() => setGuideline(!guideline)}>
          <BookOpenText aria-hidden="true" /> Guideline <Kbd>G</Kbd>
        </Button>
      </div>
      {notice && (
        <p className="flex gap-2 rounded-lg bg-accent-soft px-4 py-2.5 text-accent">
          <Info className="mt-0.5 size-4 shrink-0" aria-hidden="true" /> {notice}
        </p>
      )}
      <Obstacle state={state} judging={judging} />
      {ready && item && <Lease key={item.until} until={item.until} onRenew={judging.again} />}
      {(phase === 'finished' || phase === 'closed') && (
        <Finished detail={detail} state={state} judging={judging} onLeave={onLeave} />
      )}
      {!item && phase === 'asking' && <SkeletonBlock label="Asking for an item" lines={8} />}
      {item && phase !== 'failed' && (
        <>
          <Item
            {...{ item, marked, heading }}
            items={review.progress.items}
            rubric={review.rubric}
            busy={!ready}
          />
          <div className="-mx-4 sticky bottom-[calc(3.5rem+env(safe-area-inset-bottom))] space-y-3 border-line border-t bg-canvas/95 px-4 py-3 backdrop-blur sm:-mx-6 sm:px-6 md:bottom-0">
            {open && (
              <Comment
                draft={open}
                judging={judging}
                input={input}
                onChoose={() => heading.current?.focus({ preventScroll: true })}
              />
            )}
            <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
              <Choices
                scale={review.rubric.scale}
                offered={offered}
                marked={draft?.itemId === item.id ? draft.choice : null}
                disabled={!ready}
                onChoose={judging.choose}
              />
              <div className="flex flex-wrap gap-1">
                <Button variant="ghost" className="h-11 max-sm:px-2.5" onClick={comment}>
                  <MessageSquareText aria-hidden="true" /> Comment <Key>C</Key>
                </Button>
                <Button variant="ghost" className="h-11 max-sm:px-2.5" onClick={judging.skip}>
                  <Redo2 aria-hidden="true" /> Skip <Key>S</Key>
                </Button>
                <Button
                  variant="ghost"
                  className="h-11 max-sm:px-2.5"
                  disabled={past.length === 0}
                  onClick={judging.undo}
                >
                  <Undo2 aria-hidden="true" /> Undo <Key>U</Key>
                </Button>
              </div>
            </div>
          </div>
        </>
      )}
      {guideline && <Guideline rubric={review.rubric} onClose={closeGuideline} />}
      <Announcer />
    </div>
  );
}

/** The key of a button, where there may be a keyboard. */
const Key = ({ children }: { children: string }) => (
  <span className="max-sm:hidden">
    <Kbd>{children}</Kbd>
  </span>
);
