import type { SentimentLabel, SentimentSpan } from '#contracts';
import { cx } from '../../../ui/cx.ts';
import { formatSigned } from '../../../ui/format.ts';
import { Tooltip } from '../../../ui/tooltip.tsx';
import { labels } from './labels.tsx';
import { segmentsOf } from './segments.ts';

/** Underline of a span: solid and as thick as it weighs when it carried the verdict, dotted when it spoke against it. */
function markStyle(weight: number, heaviest: number, label: SentimentLabel): React.CSSProperties {
  const strength = heaviest ? Math.abs(weight) / heaviest : 0;
  const colour = weight >= 0 ? `var(--${label})` : 'var(--faint)';
  return {
    backgroundColor:
      weight >= 0
        ? `color-mix(in srgb, ${colour} ${Math.round(6 + 22 * strength)}%, transparent)`
        : 'transparent',
    borderBottom: `${weight >= 0 ? 1 + Math.round(2 * strength) : 2}px ${weight >= 0 ? 'solid' : 'dotted'} ${colour}`,
  };
}

function Mark({
  text,
  span,
  heaviest,
  label,
}: {
  text: string;
  span: SentimentSpan;
  heaviest: number;
  label: SentimentLabel;
}) {
  const side = span.weight >= 0 ? 'carried' : 'spoke against';
  const meaning = `${formatSigned(span.weight, 2)}: ${side} “${labels[label].word.toLowerCase()}”`;
  return (
    <Tooltip label={meaning}>
      <mark
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the weight must be reachable without a mouse
        tabIndex={0}
        className="rounded-[3px] px-px text-inherit"
        style={markStyle(span.weight, heaviest, label)}
      >
        {text}
        <span className="sr-only"> ({meaning})</span>
      </mark>
    </Tooltip>
  );
}

/** The text with the spans that carried the verdict, and the heaviest of them as a list. */
export function Explained({
  text,
  spans,
  label,
}: {
  text: string;
  spans: SentimentSpan[];
  label: SentimentLabel;
}) {
  const heaviest = Math.max(...spans.map((span) => Math.abs(span.weight)), 0);
  const top = [...spans].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, 5);
  const word = labels[label].word.toLowerCase();
  return (
    <section className="space-y-3 border-line border-t p-4 sm:p-5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h3 className="font-semibold">Why</h3>
        <p className="flex flex-wrap gap-x-4 gap-y-1 text-faint text-xs">
          <span>
            <span className="text-ink" style={markStyle(1, 1, label)}>
              solid
            </span>{' '}
            carried “{word}”, thicker is more
          </span>
          <span>
            <span style={markStyle(-1, 1, label)}>dotted</span> spoke against it
          </span>
        </p>
      </div>
      <p className="max-h-96 overflow-y-auto whitespace-pre-wrap break-words text-base leading-8">
        {segmentsOf(text, spans).map((segment) =>
          segment.span ? (
            <Mark
              key={segment.start}
              text={segment.text}
              span={segment.span}
              heaviest={heaviest}
              label={label}
            />
          ) : (
            <span key={segment.start}>{segment.text}</span>
          ),
        )}
      </p>
      {top.length > 0 && (
        <ol className="flex flex-wrap gap-2 pt-1" aria-label="Heaviest spans">
          {top.map((span) => (
            <li
              key={span.start}
              className="flex max-w-full items-center gap-2 rounded-md border border-line bg-sunken px-2 py-1 text-[0.8125rem]"
            >
              <span className="truncate">{span.text}</span>
              <span
                className={cx('figures font-semibold', span.weight >= 0 ? labels[label].text : 'text-faint')}
              >
                {formatSigned(span.weight, 2)}
              </span>
            </li>
          ))}
        </ol>
      )}
      {top.length === 0 && <p className="text-muted">No single span carried this verdict.</p>}
    </section>
  );
}
