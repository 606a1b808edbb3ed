import { Search, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { EvaluationRun } from '#contracts';
import { Button } from '../../../ui/button.tsx';
import { Input, Select } from '../../../ui/field.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { useDebounced } from '../../../ui/use-debounced.ts';
import type { RunSearch } from '../../address.ts';
import type { Cell } from '../cell.ts';

interface SampleFiltersProps {
  run: EvaluationRun;
  search: RunSearch;
  cell: Cell | undefined;
  onChange: (change: RunSearch) => void;
}

/** Which samples are listed. The metric is that of the slices. */
export function SampleFilters({ run, search, cell, onChange }: SampleFiltersProps) {
  return (
    <search className="flex flex-wrap items-center gap-2 border-line border-b px-4 py-3 sm:px-5">
      <SearchBox value={search.q ?? ''} onSearch={(q) => onChange({ q: q || undefined })} />
      <SliceSelect run={run} search={search} onChange={onChange} />
      {!cell && (
        <Segmented
          label="Order of the samples"
          value={search.order ?? 'worst'}
          options={[
            { value: 'worst', label: 'Worst first' },
            { value: 'row', label: 'In order' },
          ]}
          onChange={(order) => onChange({ order: order === 'row' ? order : undefined })}
        />
      )}
      <label className="flex h-9 cursor-pointer items-center gap-2 px-1">
        <input
          type="checkbox"
          checked={search.errored === true}
          // An error is judged as wrong by each scorer, or by none: in the order of the rows none is missed.
          onChange={({ target }) =>
            onChange(target.checked ? { errored: true, order: 'row' } : { errored: undefined })
          }
          className="size-4 accent-(--accent)"
        />
        Errors only
      </label>
      {cell && (
        <Button
          size="small"
          className="bg-accent-soft text-accent"
          onClick={() => onChange({ expected: undefined, said: undefined })}
        >
          Expected {cell.expected}, answered {cell.said || 'nothing of it'}{' '}
          <X aria-label="Remove this filter" />
        </Button>
      )}
    </search>
  );
}

function SearchBox({ value, onSearch }: { value: string; onSearch: (q: string) => void }) {
  const [typed, setTyped] = useState(value);
  const settled = useDebounced(typed).trim();
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is typed is searched
  useEffect(() => {
    if (settled !== value) onSearch(settled);
  }, [settled]);
  // Whoever shows all samples empties the box.
  useEffect(() => {
    if (value === '') setTyped('');
  }, [value]);
  return (
    <span className="relative min-w-0 grow basis-52 sm:max-w-xs">
      <Search
        className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-3 size-4 text-faint"
        aria-hidden="true"
      />
      <Input
        type="search"
        aria-label="Search the samples"
        placeholder="Id, input, expected or answer"
        value={typed}
        maxLength={200}
        onChange={({ target }) => setTyped(target.value)}
        className="pl-9"
      />
    </span>
  );
}

function SliceSelect({ run, search, onChange }: Omit<SampleFiltersProps, 'cell'>) {
  const all = Object.entries(run.slices).flatMap(([slice, values]) =>
    Object.keys(values).map((value) => ({ slice, value })),
  );
  if (all.length === 0) return null;
  const chosen = all.findIndex(({ slice, value }) => slice === search.slice && value === search.value);
  return (
    <Select
      aria-label="Slice"
      value={chosen}
      onChange={({ target }) => onChange(all[Number(target.value)] ?? { slice: undefined, value: undefined })}
    >
      <option value={-1}>Every slice</option>
      {all.map(({ slice, value }, place) => (
        <option key={`${slice}=${value}`} value={place}>
          {slice} {value}
        </option>
      ))}
    </Select>
  );
}
