import { useInfiniteQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useRef, useState } from 'react';
import type { LabelledRow } from '#contracts';
import { cx } from '../../ui/cx.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { Input } from '../../ui/field.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SkeletonBlock } from '../../ui/skeleton.tsx';
import { leaving } from '../../ui/undoable.ts';
import { useDebounced } from '../../ui/use-debounced.ts';
import { More } from '../more.tsx';
import { useSteps } from '../use-steps.ts';
import { ChangeDialog } from './change-dialog.tsx';
import { rowsQuery } from './queries.ts';
import { Row } from './row.tsx';
import { useRemoveRow } from './use-rows.ts';

interface RowsProps {
  dataset: string;
  search: string | undefined;
  onSearch: (search: string | undefined) => void;
}

/** The rows of a dataset, as they are now. */
export function Rows({ dataset, search, onSearch }: RowsProps) {
  const list = useInfiniteQuery(rowsQuery(dataset, useDebounced(search)));
  const going = leaving.use();
  const rows = list.data?.pages.flatMap((page) => page.rows).filter(({ id }) => !going.has(id));
  const [changing, setChanging] = useState<LabelledRow>();
  const remove = useRemoveRow(dataset);
  const onFocused = (act: (row: LabelledRow) => void) => {
    const id = document.activeElement?.closest('[data-row]')?.getAttribute('data-row');
    const row = rows?.find((each) => each.id === id);
    if (row) act(row);
  };
  // The list changes while its commands stay.
  const latest = useRef(onFocused);
  latest.current = onFocused;
  useSteps('row', [
    {
      ...{ id: 'change', title: 'Change the row in focus', keys: ['C'], press: 'c' },
      run: () => latest.current(setChanging),
    },
    {
      ...{ id: 'remove', title: 'Remove the row in focus', keys: ['X'], press: 'x' },
      run: () => latest.current(remove),
    },
  ]);
  return (
    <Panel className={cx('transition-opacity', list.isPlaceholderData && 'opacity-60')}>
      <div className="relative border-line border-b p-3 sm:px-5">
        <Search
          className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-6 size-4 text-faint sm:left-8"
          aria-hidden="true"
        />
        <Input
          type="search"
          aria-label="Search the rows"
          placeholder="Search input, expected and note"
          className="pl-9"
          value={search ?? ''}
          onChange={({ target }) => onSearch(target.value || undefined)}
        />
      </div>
      {list.error && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {!rows && !list.error && <SkeletonBlock label="Loading the rows" lines={8} />}
      {rows?.length === 0 && (
        <p className="px-5 py-8 text-center text-muted">
          {search ? 'No row says that.' : 'All rows were removed. Versions keep what they had.'}
        </p>
      )}
      <ol className="divide-y divide-line" aria-label="Rows">
        {rows?.map((row) => (
          <Row key={row.id} row={row} onChange={() => setChanging(row)} onRemove={() => remove(row)} />
        ))}
      </ol>
      <More list={list} />
      {changing && <ChangeDialog dataset={dataset} row={changing} onClose={() => setChanging(undefined)} />}
    </Panel>
  );
}
