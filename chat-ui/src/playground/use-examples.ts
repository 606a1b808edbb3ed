import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { asParlanceError, type CreateExampleRequest, type Example, type TaskName } from '#contracts';
import { client } from '../api/client.ts';
import { examplesQuery } from '../api/queries.ts';

/** The saved examples of a task, and what can be done with them. */
export function useExamples(task: TaskName) {
  const cache = useQueryClient();
  const query = useQuery(examplesQuery);
  const change = (to: (examples: Example[]) => Example[]) =>
    cache.setQueryData(examplesQuery.queryKey, (examples) => to(examples ?? []));

  const save = useMutation({
    mutationFn: (request: CreateExampleRequest) => client().examples.create(request),
    onSuccess: (example) => change((examples) => [example, ...examples]),
  });
  const remove = useMutation({
    mutationFn: (example: Example) => client().examples.remove(example.id),
    onMutate: (example) => change((examples) => examples.filter((each) => each.id !== example.id)),
    onError: (error) => {
      toast.error(asParlanceError(error).message);
      void cache.invalidateQueries(examplesQuery);
    },
    onSuccess: (_, { title, text }) =>
      toast(`Deleted “${title}”`, {
        action: { label: 'Undo', onClick: () => save.mutate({ task, title, text }) },
        duration: 8000,
      }),
  });
  return {
    examples: (query.data ?? []).filter((example) => example.task === task),
    loading: query.isPending,
    save,
    remove: remove.mutate,
  };
}
