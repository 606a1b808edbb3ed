import { BookOpenText } from 'lucide-react';
import type { Citation } from '#contracts';

/** The passages an answer rests on, in the order in which it uses them, each with every quote from it. */
export function passagesOf(citations: readonly Citation[]): { first: Citation; quotes: string[] }[] {
  const passages = new Map<string, { first: Citation; quotes: string[] }>();
  for (const citation of citations) {
    const known = passages.get(citation.passageId);
    if (known) known.quotes.push(citation.quote);
    else passages.set(citation.passageId, { first: citation, quotes: [citation.quote] });
  }
  return [...passages.values()];
}

/** The sources of an answer as chips; one opens the passage. */
export function Citations({
  citations,
  onOpen,
}: {
  citations: readonly Citation[];
  onOpen: (citation: Citation, quotes: string[]) => void;
}) {
  if (citations.length === 0) return null;
  return (
    <ul aria-label="Sources" className="flex min-w-0 flex-wrap gap-1.5">
      {passagesOf(citations).map(({ first, quotes }, index) => (
        <li key={first.passageId} className="min-w-0 max-w-full">
          <button
            type="button"
            aria-label={`Source ${index + 1}: ${[first.title, ...first.headings].join(', ')}`}
            onClick={() => onOpen(first, quotes)}
            className="flex min-h-7 max-w-full items-center gap-1.5 rounded-md border border-line bg-surface px-2 text-muted text-xs transition-colors hover:border-accent hover:text-accent max-sm:min-h-11"
          >
            <BookOpenText className="size-3.5 shrink-0 text-accent" aria-hidden="true" />
            <span className="truncate">
              <span className="font-medium text-ink">{first.title}</span>
              {first.headings.length > 0 && <span> › {first.headings.at(-1)}</span>}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
