import { useState } from 'react';
import { trendInWords } from '../../sentiment/sparkline.tsx';
import { Button } from '../../ui/button.tsx';
import { formatSigned } from '../../ui/format.ts';

const box = { width: 240, height: 132, left: 26, right: 6, top: 8, bottom: 22 };
const inner = { width: box.width - box.left - box.right, height: box.height - box.top - box.bottom };
const yOf = (score: number) => box.top + ((5 - score) / 10) * inner.height;
const xOf = (quarter: number) => box.left + ((quarter + 0.5) / 4) * inner.width;
const tone = (score: number) => (score <= -0.5 ? 'negative' : score >= 0.5 ? 'positive' : 'neutral');
const fills = { negative: 'fill-negative', neutral: 'fill-neutral', positive: 'fill-positive' };
const quarters = ['First', 'Second', 'Third', 'Last'];

/** The customer's mean score of each quarter of the conversation, as a drawing or as a table. */
export function Trend({ trend }: { trend: readonly (number | null)[] }) {
  const [asTable, setAsTable] = useState(false);
  return (
    <section aria-label="Trend">
      <div className="mb-2 flex items-center justify-between">
        <h3 className="font-semibold">Trend</h3>
        <Button
          variant="ghost"
          size="small"
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
          className="-mr-2 max-sm:h-11"
        >
          {asTable ? 'As a drawing' : 'As a table'}
        </Button>
      </div>
      {asTable ? <TrendTable trend={trend} /> : <TrendChart trend={trend} />}
    </section>
  );
}

function TrendChart({ trend }: { trend: readonly (number | null)[] }) {
  const points = trend.flatMap((score, quarter) =>
    score === null ? [] : [{ x: xOf(quarter), y: yOf(score), score, quarter }],
  );
  return (
    <svg
      viewBox={`0 0 ${box.width} ${box.height}`}
      role="img"
      aria-label={`Customer’s mood by quarter: ${trendInWords(trend)}`}
      className="w-full"
    >
      {[5, 0, -5].map((score) => (
        <g key={score}>
          <line
            x1={box.left}
            x2={box.width - box.right}
            y1={yOf(score)}
            y2={yOf(score)}
            strokeDasharray={score === 0 ? undefined : '2 3'}
            className={score === 0 ? 'stroke-line-strong' : 'stroke-line'}
          />
          <text
            x={box.left - 5}
            y={yOf(score) + 3}
            textAnchor="end"
            className="figures fill-faint text-[9px]"
          >
            {score === 0 ? '0' : formatSigned(score, 0)}
          </text>
        </g>
      ))}
      {trend.map((_, quarter) => (
        <text
          // biome-ignore lint/suspicious/noArrayIndexKey: the four quarters never move
          key={quarter}
          x={xOf(quarter)}
          y={box.height - 6}
          textAnchor="middle"
          className="fill-faint text-[9px]"
        >
          {quarters[quarter]}
        </text>
      ))}
      <polyline
        points={points.map(({ x, y }) => `${x},${y}`).join(' ')}
        fill="none"
        strokeWidth="1.5"
        strokeLinejoin="round"
        className="stroke-muted"
      />
      {points.map(({ x, y, score, quarter }) => (
        <g key={quarter}>
          <circle cx={x} cy={y} r="4" className={`${fills[tone(score)]} stroke-surface`} strokeWidth="1.5" />
          <text
            x={x}
            y={y > box.top + 16 ? y - 7 : y + 14}
            textAnchor="middle"
            strokeWidth="3"
            className="figures fill-ink stroke-surface font-semibold text-[10px] [paint-order:stroke]"
          >
            {formatSigned(score)}
          </text>
        </g>
      ))}
      {points.length === 0 && (
        <text
          x={box.left + inner.width / 2}
          y={yOf(1.2)}
          textAnchor="middle"
          className="fill-faint text-[10px]"
        >
          No turn was scored yet
        </text>
      )}
    </svg>
  );
}

function TrendTable({ trend }: { trend: readonly (number | null)[] }) {
  return (
    <table className="figures w-full">
      <thead>
        <tr className="border-line border-b text-left text-faint text-xs">
          <th className="py-1.5 font-medium">Quarter</th>
          <th className="py-1.5 text-right font-medium">Mean score, −5 to +5</th>
        </tr>
      </thead>
      <tbody>
        {trend.map((score, quarter) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the four quarters never move
          <tr key={quarter} className="border-line border-b last:border-0">
            <th scope="row" className="py-1.5 text-left font-normal">
              {quarters[quarter]}
            </th>
            <td className="py-1.5 text-right">{score === null ? '–' : formatSigned(score)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
