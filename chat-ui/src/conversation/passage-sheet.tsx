import { useQuery } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import type { Citation, Passage } from '#contracts';
import { Badge } from '../ui/badge.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { formatLanguage } from '../ui/format.ts';
import { Sheet } from '../ui/sheet.tsx';
import { SkeletonBlock } from '../ui/skeleton.tsx';
import { withQuotes } from './quotes.ts';

export interface OpenedCitation {
  citation: Citation;
  quotes: string[];
}

/** The passage an answer rests on, what was taken from it marked. `load` fetches it for whoever looks. */
export function PassageSheet({
  opened,
  onClose,
  load,
}: {
  opened: OpenedCitation | undefined;
  onClose: () => void;
  load: (passageId: string) => Promise<Passage>;
}) {
  return (
    <Sheet open={opened !== undefined} onOpenChange={onClose} title="Source">
      {opened && <Content key={opened.citation.passageId} {...opened} load={load} />}
    </Sheet>
  );
}

function Content({
  citation,
  quotes,
  load,
}: OpenedCitation & { load: (passageId: string) => Promise<Passage> }) {
  const {
    data: passage,
    error,
    refetch,
  } = useQuery({
    queryKey: ['passage', citation.passageId],
    queryFn: () => load(citation.passageId),
    staleTime: 60_000,
  });
  const path = passage?.headings ?? citation.headings;
  return (
    <article className="space-y-4 p-5">
      <header className="space-y-1.5">
        <h3 className="font-semibold text-lg leading-snug tracking-tight">
          {passage?.title ?? citation.title}
        </h3>
        {path.length > 0 && (
          <p className="flex flex-wrap items-center gap-x-1 text-faint text-xs">
            {path.map((heading, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a heading may stand twice in a path
              <span key={index} className="inline-flex items-center gap-1">
                {index > 0 && <ChevronRight className="size-3" aria-hidden="true" />}
                {heading}
              </span>
            ))}
          </p>
        )}
      </header>
      {error && (
        <>
          <Quotes quotes={quotes} />
          <ErrorState error={error} onRetry={() => void refetch()} className="px-0" />
        </>
      )}
      {!error && !passage && <SkeletonBlock label="Loading the passage" lines={6} />}
      {passage && (
        <>
          <p className="whitespace-pre-line break-words leading-7" lang={passage.language}>
            {withQuotes(passage.text, quotes).map((stretch) =>
              stretch.quoted ? (
                <mark
                  key={stretch.start}
                  className="rounded-sm bg-accent-soft px-0.5 text-ink underline decoration-2 decoration-accent underline-offset-4"
                >
                  {stretch.text}
                </mark>
              ) : (
                stretch.text
              ),
            )}
          </p>
          <footer className="flex flex-wrap items-center gap-2 border-line border-t pt-3 text-faint text-xs">
            <Badge>{formatLanguage(passage.language)}</Badge>
            <span className="min-w-0 break-all font-mono">{passage.sourceName}</span>
          </footer>
        </>
      )}
    </article>
  );
}

/** What the answer took, when the passage itself cannot be shown: it may have been removed since. */
function Quotes({ quotes }: { quotes: string[] }) {
  return (
    <ul className="space-y-2">
      {quotes.map((quote) => (
        <li key={quote}>
          <blockquote className="border-accent border-l-2 pl-4">{quote}</blockquote>
        </li>
      ))}
    </ul>
  );
}
