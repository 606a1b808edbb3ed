import { formatSigned } from '../ui/format.ts';

const size = { width: 44, height: 18 };
const bar = 8;
const gap = (size.width - 4 * bar) / 3;

const tone = (score: number) =>
  score <= -0.5 ? 'fill-negative' : score >= 0.5 ? 'fill-positive' : 'fill-neutral';

/** What a trend says in words, quarter by quarter. */
export const trendInWords = (trend: readonly (number | null)[]): string =>
  trend.every((score) => score === null)
    ? 'no trend yet'
    : `trend ${trend.flatMap((score) => (score === null ? [] : [formatSigned(score)])).join(', ')}`;

/** The mean score of each quarter as a bar up or down from zero; a quarter without a turn is a dot on the line. */
export function Sparkline({ trend }: { trend: readonly (number | null)[] }) {
  const middle = size.height / 2;
  return (
    <span className="inline-flex shrink-0" title={`Customer’s ${trendInWords(trend)}`}>
      <svg width={size.width} height={size.height} aria-hidden="true" className="forced-color-adjust-auto">
        <line
          x1="0"
          x2={size.width}
          y1={middle}
          y2={middle}
          className="stroke-line-strong"
          strokeOpacity="0.6"
        />
        {trend.map((score, quarter) => {
          const x = quarter * (bar + gap);
          const height = Math.max(1.5, (Math.abs(score ?? 0) / 5) * (middle - 1));
          return (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: the four quarters never move
              key={quarter}
              x={score === null ? x + bar / 2 - 1 : x}
              y={score === null ? middle - 1 : score >= 0 ? middle - height : middle}
              width={score === null ? 2 : bar}
              height={score === null ? 2 : height}
              rx="1"
              className={score === null ? 'fill-line-strong' : tone(score)}
            />
          );
        })}
      </svg>
      <span className="sr-only">{trendInWords(trend)}</span>
    </span>
  );
}
