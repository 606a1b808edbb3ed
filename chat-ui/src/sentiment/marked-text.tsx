import type { SentimentLabel, SentimentSpan } from '#contracts';
import { formatSigned } from '../ui/format.ts';
import { Tooltip } from '../ui/tooltip.tsx';
import { labels } from './labels.tsx';
import { segmentsOf } from './segments.ts';

/** Underline of a span: solid and as thick as it weighs when it carried the verdict, dotted when it spoke against it. */
export function markStyle(weight: number, heaviest: number, label: SentimentLabel): React.CSSProperties {
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
  quiet,
}: {
  text: string;
  span: SentimentSpan;
  heaviest: number;
  label: SentimentLabel;
  quiet?: boolean;
}) {
  const meaning = meaningOf(span, label);
  return (
    <Tooltip label={meaning}>
      <mark
        tabIndex={quiet ? undefined : 0}
        className="rounded-[3px] px-px text-inherit"
        style={markStyle(span.weight, heaviest, label)}
      >
        {text}
        {!quiet && <span className="sr-only"> ({meaning})</span>}
      </mark>
    </Tooltip>
  );
}

/** What a span did to the verdict, in words. */
export function meaningOf({ weight }: SentimentSpan, label: SentimentLabel): string {
  const side = weight >= 0 ? 'carried' : 'spoke against';
  return `${formatSigned(weight, 2)}: ${side} “${labels[label].word.toLowerCase()}”`;
}

/**
 * A text with the spans that carried its verdict underlined; each weight is told on hover and focus. `quiet` ones are told
 * elsewhere to whoever uses no mouse: in a long transcript every span would be a stop of the Tab key.
 */
export function MarkedText({
  text,
  spans,
  label,
  quiet,
}: {
  text: string;
  spans: SentimentSpan[];
  label: SentimentLabel;
  quiet?: boolean;
}) {
  const heaviest = Math.max(...spans.map((span) => Math.abs(span.weight)), 0);
  return segmentsOf(text, spans).map((segment) =>
    segment.span ? (
      <Mark
        key={segment.start}
        text={segment.text}
        span={segment.span}
        heaviest={heaviest}
        label={label}
        quiet={quiet}
      />
    ) : (
      <span key={segment.start}>{segment.text}</span>
    ),
  );
}
