import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Tags } from 'lucide-react';
import { buttonClass } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { plural } from '../../ui/format.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { Panel } from '../../ui/panel.tsx';
import { RowsSkeleton } from '../../ui/rows-skeleton.tsx';
import { Time } from '../../ui/time.tsx';
import { datasetsQuery } from './queries.ts';

/** Every dataset that people label, by name. */
export function DatasetList() {
  const { data: datasets, error, refetch } = useQuery(datasetsQuery);
  if (error && !datasets)
    return (
      <Panel>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Panel>
    );
  if (!datasets) return <RowsSkeleton label="Loading the datasets" />;
  if (datasets.length === 0) return <NoDatasets />;
  return (
    <Panel>
      <ul className="divide-y divide-line" aria-label="Datasets">
        {datasets.map(({ name, rows, versions, changedAt }) => (
          <li
            key={name}
            className="relative flex flex-wrap items-baseline gap-x-6 gap-y-1 px-4 py-4 hover:bg-sunken/60 sm:px-5"
          >
            <Link
              to="/evaluation/datasets/$dataset"
              params={{ dataset: name }}
              data-entry
              className="min-w-0 grow basis-56 break-words font-medium font-mono text-[0.8125rem] before:absolute before:inset-0 hover:text-accent hover:underline"
            >
              {name}
            </Link>
            <span className="figures text-muted sm:w-24 sm:text-right">{plural(rows, 'row')}</span>
            <span className="figures text-muted sm:w-36 sm:text-right">
              {versions === 0 ? 'never frozen' : plural(versions, 'version')}
            </span>
            <span className="text-faint text-xs sm:w-28 sm:text-right">
              <Time at={changedAt} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function NoDatasets() {
  return (
    <Panel className="border-dashed">
      <EmptyState
        icon={Tags}
        title="No rows are labelled yet"
        action={
          <Link to="/evaluation" className={buttonClass('primary')}>
            Go to the runs
          </Link>
        }
      >
        A dataset begins with its first row. Press <Kbd>L</Kbd> on a sample of a run, on an item of a closed
        review, or on an answer in the desk that a customer voted down, and write what would be right.
      </EmptyState>
    </Panel>
  );
}
