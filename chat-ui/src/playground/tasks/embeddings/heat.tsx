const perRow = 48;

/** A vector as a field of cells: hue for the sign, strength for the size. One row holds 48 dimensions. */
export function HeatField({ vector }: { vector: number[] }) {
  const largest = Math.max(...vector.map(Math.abs), Number.EPSILON);
  const rows = Math.ceil(vector.length / perRow);
  return (
    <svg
      viewBox={`0 0 ${perRow} ${rows}`}
      role="img"
      aria-label={`Heat map of ${vector.length} dimensions`}
      className="block w-full rounded-md bg-sunken"
      preserveAspectRatio="none"
      style={{ height: `${rows * 0.875}rem` }}
    >
      {vector.map((value, index) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: the index is the dimension
          key={index}
          x={index % perRow}
          y={Math.floor(index / perRow)}
          width={0.92}
          height={0.9}
          fill={value < 0 ? 'var(--negative)' : 'var(--accent)'}
          fillOpacity={Math.abs(value) / largest}
        >
          <title>{`Dimension ${index}: ${value.toFixed(4)}`}</title>
        </rect>
      ))}
    </svg>
  );
}
