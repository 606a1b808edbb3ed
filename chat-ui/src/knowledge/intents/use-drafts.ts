import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from 'sonner';
import type { Intent } from '#contracts';
import { client } from '../../api/client.ts';
import { plural } from '../../ui/format.ts';
import { intentsQuery } from '../queries.ts';
import { countChanges, type Draft, newDraft, toDraft, toIntent } from './draft.ts';
import { type Problems, problemsOf, serverProblems } from './problems.ts';

/** The intents as they are being edited. Until the first change they follow what the server has. */
export function useDrafts(saved: Intent[]) {
  const cache = useQueryClient();
  const [edited, setEdited] = useState<Draft[]>();
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  // Faults are shown once somebody has tried to save, and go as they are mended.
  const [tried, setTried] = useState(false);
  const drafts = edited ?? saved.map(toDraft);
  const save = useMutation({
    mutationFn: (intents: Intent[]) => client().knowledge.intents.save(intents),
    onSuccess: (intents) => {
      cache.setQueryData(intentsQuery.queryKey, intents);
      setEdited(undefined);
      setTried(false);
      toast.success(`Saved ${plural(intents.length, 'intent')}`);
    },
  });
  const own = tried ? problemsOf(drafts) : [];
  const theirs = serverProblems(save.error);
  const problems: Problems[] = drafts.map((_, index) => ({ ...theirs.get(index), ...own[index] }));
  const edit = (next: Draft[]) => {
    save.reset();
    setEdited(countChanges(next, saved) > 0 ? next : undefined);
  };
  const open = (...keys: string[]) => setOpened(new Set([...opened, ...keys]));
  return {
    drafts,
    problems,
    /** What is wrong and concerns none of them. */
    problem: theirs.get(-1)?.[''],
    changes: edited ? countChanges(edited, saved) : 0,
    saving: save.isPending,
    isOpen: (key: string) => opened.has(key),
    toggle: (key: string) =>
      setOpened(
        opened.has(key) ? new Set([...opened].filter((each) => each !== key)) : new Set([...opened, key]),
      ),
    change: (draft: Draft) => edit(drafts.map((each) => (each.key === draft.key ? draft : each))),
    remove: (key: string) => edit(drafts.filter((each) => each.key !== key)),
    add: () => {
      const draft = newDraft();
      edit([draft, ...drafts]);
      open(draft.key);
    },
    discard: () => {
      save.reset();
      setTried(false);
      setEdited(undefined);
    },
    save: () => {
      setTried(true);
      const found = problemsOf(drafts);
      const faulty = drafts.filter((_, index) => Object.keys(found[index] ?? {}).length > 0);
      if (faulty.length === 0) return save.mutate(drafts.map(toIntent));
      open(...faulty.map((draft) => draft.key));
      requestAnimationFrame(() => document.querySelector<HTMLElement>('main [aria-invalid=true]')?.focus());
    },
  };
}
