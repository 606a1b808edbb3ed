/** Deeper than this it is JSON. */
const deepest = 2;

/** Any JSON that somebody asked, expected or said, as far as possible as people would write it. */
export function Said({ value, depth = 0 }: { value: unknown; depth?: number }) {
  if (value === null || value === undefined || value === '')
    return <span className="text-faint italic">{value === '' ? 'An empty text' : 'Nothing'}</span>;
  if (typeof value === 'string') return <span className="whitespace-pre-wrap break-words">{value}</span>;
  if (typeof value !== 'object') return <span className="figures">{String(value)}</span>;
  const parts = Object.entries(value);
  if (parts.length === 0) return <span className="text-faint italic">Nothing</span>;
  if (depth >= deepest)
    return <code className="break-words font-mono text-[0.8125rem]">{JSON.stringify(value)}</code>;
  if (Array.isArray(value))
    return (
      <ul className="list-disc space-y-1 pl-5">
        {value.map((each, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what was said does not change
          <li key={index}>
            <Said value={each} depth={depth + 1} />
          </li>
        ))}
      </ul>
    );
  return (
    <dl className="space-y-2">
      {parts.map(([name, part]) => (
        <div key={name} className="min-w-0">
          <dt className="text-faint text-xs">{name}</dt>
          <dd className="min-w-0">
            <Said value={part} depth={depth + 1} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
