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

/** Keeps the rows as they are now, for good. */
export function useFreeze(dataset: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => client().evaluations.datasets.freeze(dataset),
    onSuccess: () => cache.invalidateQueries({ queryKey: datasetsKey }),
    onError: (error) => toast.error(asParlanceError(error).message),
  });
}
