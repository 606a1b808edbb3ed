import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight, Tag } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { EvaluationRun, StoredSample } from '#contracts';
import { Button } from '../../../ui/button.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Kbd } from '../../../ui/kbd.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import { SkeletonBlock } from '../../../ui/skeleton.tsx';
import { LabelDialog, type Proposal } from '../../datasets/label-dialog.tsx';
import { sampleOf } from '../queries.ts';
import { SampleView } from './view.tsx';

interface SampleSheetProps {
  run: EvaluationRun;
  id: string;
  repeat: number;
  /** The list it was opened from, which is gone through by keys. */
  samples: StoredSample[];
  onOpen: (sample: StoredSample | undefined) => void;
}

/** One row, whole, beside the page. */
export function SampleSheet({ run, id, repeat, samples, onOpen }: SampleSheetProps) {
  const [labelling, setLabelling] = useState(false);
  const place = samples.findIndex((sample) => sample.id === id && sample.repeat === repeat);
  const listed = samples[place];
  const alone = useQuery({ ...sampleOf(run.id, id, repeat), enabled: !listed });
  const sample = listed ?? alone.data;
  const go = (to: StoredSample | undefined) => to && onOpen(to);
  const [before, after] = listed ? [samples[place - 1], samples[place + 1]] : [];
  useKeys(
    !labelling && sample ? { j: () => go(after), k: () => go(before), l: () => setLabelling(true) } : {},
  );
  return (
    <Sheet open onOpenChange={() => onOpen(undefined)} title="Sample">
      <div className="flex min-h-full flex-col">
        {alone.error && !sample && <ErrorState error={alone.error} onRetry={() => void alone.refetch()} />}
        {sample === null && <p className="p-5 text-muted">The run has no row called {id}.</p>}
        {sample === undefined && !alone.error && <SkeletonBlock label="Loading the sample" lines={8} />}
        {sample && (
          <>
            <div className="sticky top-0 z-10 flex items-center gap-1 border-line border-b bg-raised px-3 py-2">
              <Button
                variant="ghost"
                size="icon"
                aria-label="Previous sample"
                aria-keyshortcuts="k"
                disabled={!before}
                onClick={() => go(before)}
              >
                <ChevronLeft aria-hidden="true" />
              </Button>
              <Button
                variant="ghost"
                size="icon"
                aria-label="Next sample"
                aria-keyshortcuts="j"
                disabled={!after}
                onClick={() => go(after)}
              >
                <ChevronRight aria-hidden="true" />
              </Button>
              <Button
                size="small"
                className="ml-auto"
                aria-keyshortcuts="l"
                onClick={() => setLabelling(true)}
              >
                <Tag aria-hidden="true" /> Make it a labelled row <Kbd>L</Kbd>
              </Button>
            </div>
            <SampleView sample={sample} />
          </>
        )}
      </div>
      {labelling && sample && (
        <LabelDialog proposal={proposalOf(run.id, sample)} onClose={() => setLabelling(false)} />
      )}
    </Sheet>
  );
}

const proposalOf = (runId: string, { id, repeat, input, expected, answer }: StoredSample): Proposal => ({
  ...{ input, expected, from: { runId, sample: id, repeat } },
  answer: answer.error ? undefined : answer.output,
});

/** Single keys while the sheet is open, whatever in it has the focus; the keys of the page behind rest then. */
function useKeys(keys: Partial<Record<string, () => void>>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const does = keys[event.key];
      if (!does || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      does();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  });
}
