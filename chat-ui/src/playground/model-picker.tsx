import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ModelState } from '#contracts';
import { modelsQuery } from '../api/queries.ts';
import { Select } from '../ui/field.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import type { Workbench } from './use-workbench.ts';

const usable = (state: ModelState): boolean => state !== 'damaged' && state !== 'failed';

/** Which model answers. With a single one there is nothing to pick, only something to read. */
export function ModelPicker({ bench }: { bench: Workbench }) {
  const { data, isPending } = useQuery(modelsQuery);
  const { name, usually } = bench.task;
  const models = (data ?? []).filter(({ task }) => (usually?.models ?? [name]).includes(task));
  const usual = usually
    ? { id: '', name: usually.name }
    : (models.find((model) => model.default) ?? models[0]);
  if (isPending) return <Skeleton className="h-5 w-40" />;
  if (!usual || (usually && models.length === 0 && !bench.search.model)) return null;
  if (!usually && models.length === 1 && (!bench.search.model || bench.search.model === usual.id)) {
    return (
      <Link
        to="/models/$"
        params={{ _splat: usual.id }}
        className="truncate text-muted underline-offset-2 hover:text-ink hover:underline"
      >
        {usual.name}
      </Link>
    );
  }
  return (
    <Select
      aria-label="Model"
      className="max-w-72 font-medium"
      value={bench.search.model ?? usual.id}
      onChange={({ target }) => bench.update({ model: target.value === usual.id ? undefined : target.value })}
    >
      {usually && <option value="">{usually.name}</option>}
      {models.map((model) => (
        <option key={model.id} value={model.id} disabled={!usable(model.state)}>
          {model.name}
          {usable(model.state) ? '' : ` (${model.state})`}
        </option>
      ))}
      {bench.search.model && !models.some((model) => model.id === bench.search.model) && (
        <option value={bench.search.model}>{bench.search.model} (not here)</option>
      )}
    </Select>
  );
}
