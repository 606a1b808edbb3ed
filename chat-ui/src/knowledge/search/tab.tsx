import { useQuery } from '@tanstack/react-query';
import { LoaderCircle, Search } from 'lucide-react';
import { useState } from 'react';
import { cx } from '../../ui/cx.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { Input } from '../../ui/field.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useDebounced } from '../../ui/use-debounced.ts';
import { findQuery } from '../queries.ts';
import { LanguageSelect } from '../sources/filters.tsx';
import { Hit } from './hit.tsx';
import { fusedPlaces, scaleOf } from './reasons.ts';
import { Starters } from './starters.tsx';
import { Verdict } from './verdict.tsx';

const longest = 2000;

interface SearchTabProps {
  query: string;
  language: string | undefined;
  onSearch: (search: { q?: string; lang?: string }) => void;
}

/** What the bot would find for a question, while it is being typed. */
export function SearchTab({ query, language, onSearch }: SearchTabProps) {
  const [typed, setTyped] = useState(query);
  const asked = useDebounced(typed.trim());
  const { data, error, refetch, isFetching, isPlaceholderData } = useQuery(findQuery(asked, language));
  const ask = (q: string) => {
    setTyped(q);
    onSearch({ q: q || undefined, lang: language });
  };
  const stale = isPlaceholderData || asked !== typed.trim();
  const fused = fusedPlaces(data?.hits ?? []);
  const scale = scaleOf(data?.hits ?? [], data?.threshold ?? 0);
  return (
    <div className="space-y-4">
      <search className="flex flex-wrap gap-2">
        <span className="relative min-w-0 grow basis-60">
          <Search
            className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-3 size-4 text-faint"
            aria-hidden="true"
          />
          <Input
            type="search"
            aria-label="Question"
            placeholder="Ask as a customer would"
            maxLength={longest}
            value={typed}
            onChange={({ target }) => ask(target.value)}
            className="pr-9 pl-9"
          />
          {isFetching && (
            <LoaderCircle
              className="-translate-y-1/2 absolute top-1/2 right-3 size-4 animate-spin text-faint"
              aria-hidden="true"
            />
          )}
        </span>
        <LanguageSelect
          label="Preferred language"
          any="No preference"
          value={language}
          onChange={(lang) => onSearch({ q: typed || undefined, lang })}
        />
      </search>
      {typed.trim() === '' && <Starters onPick={ask} />}
      {error && typed.trim() !== '' && (
        <Panel>
          <ErrorState error={error} onRetry={() => void refetch()} />
        </Panel>
      )}
      {!data && !error && typed.trim() !== '' && <ResultsSkeleton />}
      {data && !error && typed.trim() !== '' && (
        <Panel className="overflow-hidden">
          <Verdict response={data} stale={stale} />
          <ol
            className={cx('divide-y divide-line transition-opacity', stale && 'opacity-60')}
            aria-label="Passages found"
            aria-busy={stale}
          >
            {data.hits.map((hit, index) => (
              <Hit
                key={hit.passage.id}
                hit={hit}
                place={index + 1}
                fusedPlace={fused.get(hit.passage.id) ?? index + 1}
                threshold={data.threshold}
                scale={scale}
              />
            ))}
          </ol>
        </Panel>
      )}
      <HowItWorks />
    </div>
  );
}

function ResultsSkeleton() {
  return (
    <Panel>
      <div role="status" className="divide-y divide-line">
        <span className="sr-only">Searching</span>
        {['a', 'b', 'c'].map((key) => (
          <div key={key} className="space-y-2.5 px-4 py-4 sm:px-5">
            <Skeleton className="h-5 w-52" />
            <Skeleton className="h-4 w-full" />
            <Skeleton className="h-4 w-2/3" />
          </div>
        ))}
      </div>
    </Panel>
  );
}

function HowItWorks() {
  return (
    <details className="text-muted">
      <summary className="w-fit rounded font-medium hover:text-ink">How a passage is found</summary>
      <div className="mt-2 max-w-3xl space-y-2">
        <p>
          Two lists are made: the twenty passages closest <strong>in meaning</strong> (by the cosine of their
          embeddings), and the twenty that share the most of the question’s <strong>words</strong>, rare words
          counting more. Title and headings count, and so do questions that its author gave a section, which
          are not shown.
        </p>
        <p>
          What decides is the <strong>evidence</strong>: the cosine, half the share of the question’s words
          (less where a section has customers’ phrases), and how far the best passage is ahead of every other
          document, which is little where none has the answer. The best passage must reach the line, or the
          bot says that it does not know. The place in both lists put together is shown for comparison; it
          cannot say that nothing fits, so it decides nothing.
        </p>
      </div>
    </details>
  );
}
