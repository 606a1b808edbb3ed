import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { type AddRowRequest, asParlanceError, type LabelledRow } from '#contracts';
import { client } from '../../api/client.ts';
import { createStore, recall, remember } from '../../ui/store.ts';
import { removeUndoably } from '../../ui/undoable.ts';
import { datasetsKey } from './queries.ts';

const storageKey = 'parlance.dataset';

/** The dataset to which somebody added last. */
export const lastDataset = createStore(recall('localStorage', storageKey) ?? '');
lastDataset.subscribe(() => remember('localStorage', storageKey, lastDataset.get()));

type NewRow = Omit<AddRowRequest, 'note'> & { note?: string };

/** Adds a row that somebody labelled; the notice takes it back. */
export function useAddRow() {
  const cache = useQueryClient();
  const refresh = () => cache.invalidateQueries({ queryKey: datasetsKey });
  const takeBack = async (dataset: string, row: LabelledRow) => {
    try {
      await client().evaluations.datasets.remove(dataset, row.id);
      toast.success(`Taken out of “${dataset}” again`);
    } catch (error) {
      toast.error(asParlanceError(error).message);
    }
    await refresh();
  };
  return useMutation({
    mutationFn: ({ dataset, row }: { dataset: string; row: NewRow }) =>
      client().evaluations.datasets.add(dataset, row),
    onSuccess: (row, { dataset }) => {
      lastDataset.set(dataset);
      toast.success(`Added to “${dataset}”`, {
        duration: 10_000,
        action: { label: 'Undo', onClick: () => void takeBack(dataset, row) },
      });
      void refresh();
    },
  });
}

/** Removes rows, each with a moment to think better of it. Rows are never changed: remove one and add it anew. */
export function useRemoveRow(dataset: string) {
  const cache = useQueryClient();
  return (row: LabelledRow) =>
    removeUndoably({
      id: row.id,
      notice: 'Removed a row',
      remove: () =>
        client()
          .evaluations.datasets.remove(dataset, row.id)
          .finally(() => cache.invalidateQueries({ queryKey: datasetsKey })),
    });
}

/**
 * Puts another row in the place of one: a dataset has one row of each origin, so the old one goes first. It comes back when the
 * new one is refused, and by the notice.
 */
export function useReplaceRow(dataset: string) {
  const cache = useQueryClient();
  const { add, remove } = {
    add: (row: NewRow) => client().evaluations.datasets.add(dataset, row),
    remove: (row: string) => client().evaluations.datasets.remove(dataset, row),
  };
  const refresh = () => cache.invalidateQueries({ queryKey: datasetsKey });
  const swap = async (old: LabelledRow, next: NewRow) => {
    await remove(old.id);
    try {
      return await add(next);
    } catch (error) {
      await add(asNew(old));
      throw error;
    }
  };
  const restore = async (old: LabelledRow, row: LabelledRow) => {
    try {
      await swap(row, asNew(old));
      toast.success('The row is as it was');
    } catch (error) {
      toast.error(asParlanceError(error).message);
    }
    await refresh();
  };
  return useMutation({
    mutationFn: ({ row, expected, note }: { row: LabelledRow; expected: unknown; note: string }) =>
      swap(row, { ...asNew(row), expected, note } as NewRow),
    onSuccess: (row, { row: old }) =>
      toast.success('Changed the row', {
        duration: 10_000,
        action: { label: 'Undo', onClick: () => void restore(old, row) },
      }),
    onSettled: refresh,
  });
}

const asNew = ({ input, expected, from, group, note }: LabelledRow): NewRow =>
  ({ input, expected, from, note, ...(group !== null && { group }) }) as NewRow;

/** Keeps the rows as they are now, for good. */
export function useFreeze(dataset: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => client().evaluations.datasets.freeze(dataset),
    onSuccess: () => cache.invalidateQueries({ queryKey: datasetsKey }),
    onError: (error) => toast.error(asParlanceError(error).message),
  });
}
