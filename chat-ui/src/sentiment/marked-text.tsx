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

/** A text with the spans that carried its verdict underlined; each weight is told on hover and focus. */
export function MarkedText({
  text,
  spans,
  label,
}: {
  text: string;
  spans: SentimentSpan[];
  label: SentimentLabel;
}) {
  const heaviest = Math.max(...spans.map((span) => Math.abs(span.weight)), 0);
  return segmentsOf(text, spans).map((segment) =>
    segment.span ? (
      <Mark key={segment.start} text={segment.text} span={segment.span} heaviest={heaviest} label={label} />
    ) : (
      <span key={segment.start}>{segment.text}</span>
    ),
  );
}
