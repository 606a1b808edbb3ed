import { Frown, Meh, Smile } from 'lucide-react';
import type { SentimentLabel } from '#contracts';
import { cx } from '../ui/cx.ts';

/** How each label looks: always an icon and a word beside the colour. */
export const labels = {
  negative: {
    word: 'Negative',
    icon: Frown,
    chip: 'bg-negative-soft text-negative',
    text: 'text-negative',
    bar: 'bg-negative',
  },
  neutral: {
    word: 'Neutral',
    icon: Meh,
    chip: 'bg-neutral-soft text-neutral',
    text: 'text-neutral',
    bar: 'bg-neutral',
  },
  positive: {
    word: 'Positive',
    icon: Smile,
    chip: 'bg-positive-soft text-positive',
    text: 'text-positive',
    bar: 'bg-positive',
  },
} as const satisfies Record<SentimentLabel, unknown>;

export const labelNames = Object.keys(labels) as SentimentLabel[];

export function LabelChip({ label, large }: { label: SentimentLabel; large?: boolean }) {
  const { word, icon: Icon, chip } = labels[label];
  return (
    <span
      className={cx(
        'inline-flex items-center whitespace-nowrap font-semibold',
        large ? 'gap-2 rounded-lg px-3 py-1.5 text-base' : 'min-w-23 gap-1.5 rounded-md px-2 py-0.5 text-xs',
        chip,
      )}
    >
      <Icon className={large ? 'size-5' : 'size-3.5'} aria-hidden="true" />
      {word}
    </span>
  );
}
