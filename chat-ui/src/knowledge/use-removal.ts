import { useQueryClient } from '@tanstack/react-query';
import type { Gap, Source } from '#contracts';
import { client } from '../api/client.ts';
import { removeUndoably } from '../ui/undoable.ts';

/** Removes sources and questions, each with a moment to think better of it. */
export function useRemoval() {
  const cache = useQueryClient();
  const refresh = () => cache.invalidateQueries({ queryKey: ['knowledge'] });
  return {
    source: ({ id, title }: Source) =>
      removeUndoably({
        id,
        notice: `Deleted “${title}”`,
        remove: () => client().knowledge.sources.remove(id, { keepalive: true }).finally(refresh),
      }),
    gap: ({ id, question }: Gap) =>
      removeUndoably({
        id,
        notice: `Dismissed “${question}”`,
        remove: () => client().knowledge.gaps.dismiss(id, { keepalive: true }).finally(refresh),
      }),
  };
}
