import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '../../ui/error-state.tsx';
import { plural } from '../../ui/format.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { suitesQuery } from '../queries.ts';

interface SuiteChoiceProps {
  chosen: string | undefined;
  onChange: (suite: string) => void;
  error: string | undefined;
}

/** The suites that come with the server, each with what it is for. */
export function SuiteChoice({ chosen, onChange, error }: SuiteChoiceProps) {
  const suites = useQuery(suitesQuery);
  return (
    <fieldset>
      <legend className="sr-only">Suite</legend>
      <div className="divide-y divide-line overflow-hidden rounded-lg border border-line">
        {suites.error && <ErrorState error={suites.error} onRetry={() => void suites.refetch()} />}
        {suites.isPending &&
          ['a', 'b', 'c', 'd', 'e'].map((key) => (
            <div key={key} className="space-y-2 px-3 py-3">
              <Skeleton className="h-4 w-40" />
              <Skeleton className="h-3 w-full" />
            </div>
          ))}
        {suites.data?.map(({ suite, version, title, description, scorers, gates }) => (
          <label
            key={suite}
            className="flex cursor-pointer items-start gap-3 px-3 py-2.5 hover:bg-sunken has-checked:bg-accent-soft/60"
          >
            <input
              type="radio"
              name="suite"
              value={suite}
              checked={chosen === suite}
              onChange={() => onChange(suite)}
              className="mt-1 size-4 shrink-0 accent-(--accent)"
            />
            <span className="min-w-0">
              <span className="block font-medium">{title}</span>
              {description && <span className="block text-muted text-xs">{description}</span>}
              <span className="mt-0.5 block break-words font-mono text-faint text-xs">
                {suite} {version} · {scorers.join(', ')} · {plural(gates, 'gate')}
              </span>
            </span>
          </label>
        ))}
      </div>
      {error && (
        <p role="alert" className="mt-1.5 text-negative text-xs">
          {error}
        </p>
      )}
    </fieldset>
  );
}
