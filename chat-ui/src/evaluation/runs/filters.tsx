import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChartLine } from 'lucide-react';
import { buttonClass } from '../../ui/button.tsx';
import { Select } from '../../ui/field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import type { RunsSearch } from '../address.ts';
import { latestRunsQuery, suitesQuery } from '../queries.ts';

/** Each once, with the one that the address names even where no run has it. */
const choices = (names: (string | undefined)[]): string[] =>
  [...new Set(names.filter((name) => name !== undefined))].sort();

/** Which runs are listed, and in which order. */
export function RunFilters({
  search,
  onChange,
}: {
  search: RunsSearch;
  onChange: (change: RunsSearch) => void;
}) {
  const runs = useQuery(latestRunsQuery()).data ?? [];
  const bundled = useQuery(suitesQuery).data ?? [];
  const { suite, target, order } = search;
  const suites = choices([suite, ...bundled.map((each) => each.suite), ...runs.map((run) => run.suite)]);
  return (
    <search className="flex flex-wrap items-center gap-2">
      <Segmented
        label="Order"
        value={order ?? 'regressions'}
        options={[
          { value: 'regressions', label: 'Regressions first' },
          { value: 'newest', label: 'Newest first' },
        ]}
        onChange={(next) => onChange({ order: next === 'newest' ? next : undefined })}
      />
      <Choice
        label="Suite"
        any="Every suite"
        value={suite}
        names={suites}
        onChange={(next) => onChange({ suite: next })}
      />
      <Choice
        label="Target"
        any="Every target"
        value={target}
        names={choices([target, ...runs.map((run) => run.target.name)])}
        onChange={(next) => onChange({ target: next })}
      />
      <Link
        to="/evaluation/trends"
        search={{ suite: suite ?? runs[0]?.suite }}
        className={`${buttonClass('ghost')} sm:ml-auto`}
      >
        <ChartLine aria-hidden="true" /> Trends
      </Link>
    </search>
  );
}

function Choice({
  label,
  any,
  value,
  names,
  onChange,
}: {
  label: string;
  any: string;
  value: string | undefined;
  names: string[];
  onChange: (value: string | undefined) => void;
}) {
  return (
    <Select
      aria-label={label}
      // The names arrive later than the page: they must not widen it.
      className="w-[9.5rem] sm:w-44"
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value || undefined)}
    >
      <option value="">{any}</option>
      {names.map((name) => (
        <option key={name}>{name}</option>
      ))}
    </Select>
  );
}
