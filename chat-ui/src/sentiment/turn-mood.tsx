import { Tooltip as Radix } from 'radix-ui';
import type { TurnSentiment } from '#contracts';
import { cx } from '../ui/cx.ts';
import { formatSigned } from '../ui/format.ts';
import { labels } from './labels.tsx';
import { meaningOf } from './marked-text.tsx';

/** How many of the spans are worth reading. */
const most = 5;

/** The spans that weigh most in a verdict, heaviest first. */
export const heaviest = (sentiment: TurnSentiment) =>
  [...(sentiment.spans ?? [])].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, most);

/** The verdict on one turn as a small button: label, score, and on hover or focus the reasons with their weights. */
export function TurnMood({ sentiment }: { sentiment: TurnSentiment }) {
  const { label, score } = sentiment;
  const { word, icon: Icon, chip } = labels[label];
  const reasons = heaviest(sentiment);
  return (
    <Radix.Root delayDuration={150}>
      <Radix.Trigger asChild>
        <button
          type="button"
          className={cx(
            'inline-flex h-6 shrink-0 cursor-help items-center gap-1.5 rounded-md px-2 font-semibold text-xs max-sm:h-8',
            chip,
          )}
        >
          <Icon className="size-3.5" aria-hidden="true" />
          {word}
          <span className="figures">{formatSigned(score)}</span>
        </button>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side="bottom"
          sideOffset={6}
          collisionPadding={8}
          className="appear z-50 max-w-80 rounded-lg bg-ink px-3 py-2.5 text-canvas text-xs shadow-float"
        >
          <p className="font-semibold">
            Why {word.toLowerCase()}, {formatSigned(score)} of −5 to +5
          </p>
          {reasons.length === 0 ? (
            <p className="mt-1">No single part of the text carried this.</p>
          ) : (
            <ul className="mt-1.5 space-y-1">
              {reasons.map((span) => (
                <li key={span.start} className="break-words">
                  <span className="font-medium">“{span.text}”</span> {meaningOf(span, label)}
                </li>
              ))}
            </ul>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
