import { type PointerEvent, useMemo, useState } from 'react';
import { formatSigned } from '../../../ui/format.ts';

const perRow = 48;
const strengths = 8;

interface Shade {
  negative: boolean;
  strength: number;
  path: string;
}

/** The cells of each colour as one path: a few elements instead of one for every dimension. */
function shadesOf(vector: number[]): Shade[] {
  const largest = Math.max(...vector.map(Math.abs), Number.EPSILON);
  const shades = new Map<number, Shade>();
  vector.forEach((value, index) => {
    const strength = Math.ceil((Math.abs(value) / largest) * strengths);
    const key = value < 0 ? -strength : strength;
    const shade = shades.get(key) ?? { negative: value < 0, strength, path: '' };
    shade.path += `M${index % perRow} ${Math.floor(index / perRow)}h.92v.9h-.92z`;
    shades.set(key, shade);
  });
  return [...shades.values()];
}

/** A vector as a field of cells: hue for the sign, strength for the size. One row holds 48 dimensions. */
export function HeatField({ vector }: { vector: number[] }) {
  const [pointed, setPointed] = useState<number>();
  const shades = useMemo(() => shadesOf(vector), [vector]);
  const rows = Math.ceil(vector.length / perRow);
  const point = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const column = Math.floor(((event.clientX - box.left) / box.width) * perRow);
    const row = Math.floor(((event.clientY - box.top) / box.height) * rows);
    setPointed(row * perRow + column);
  };
  const value = pointed === undefined ? undefined : vector[pointed];
  return (
    <div className="space-y-3">
      <svg
        viewBox={`0 0 ${perRow} ${rows}`}
        role="img"
        aria-label={`Heat map of ${vector.length} dimensions`}
        className="block w-full rounded-md bg-sunken"
        preserveAspectRatio="none"
        style={{ height: `${rows * 0.875}rem` }}
        onPointerMove={point}
        onPointerLeave={() => setPointed(undefined)}
      >
        {shades.map(({ negative, strength, path }) => (
          <path
            key={path.slice(0, 24)}
            d={path}
            fill={negative ? 'var(--negative)' : 'var(--accent)'}
            fillOpacity={strength / strengths}
          />
        ))}
      </svg>
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-faint text-xs">
        <span className="flex items-center gap-1.5">
          <span aria-hidden="true" className="size-2.5 rounded-sm bg-negative" /> below zero
        </span>
        <span className="flex items-center gap-1.5">
          <span aria-hidden="true" className="size-2.5 rounded-sm bg-accent" /> above zero
        </span>
        <span className="figures">
          {value === undefined
            ? 'stronger is further from zero'
            : `dimension ${pointed}: ${formatSigned(value, 4)}`}
        </span>
      </p>
    </div>
  );
}
