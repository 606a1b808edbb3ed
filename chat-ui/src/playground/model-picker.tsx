import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { modelsQuery } from '../api/queries.ts';
import { Select } from '../ui/field.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import type { Workbench } from './use-workbench.ts';

/** Which model answers. With a single one there is nothing to pick, only something to read. */
export function ModelPicker({ bench }: { bench: Workbench }) {
  const { data, isPending } = useQuery(modelsQuery);
  const models = (data ?? []).filter((model) => model.task === bench.task.name);
  const usual = models.find((model) => model.default) ?? models[0];
  if (isPending) return <Skeleton className="h-5 w-40" />;
  if (!usual) return null;
  if (models.length === 1 && (!bench.search.model || bench.search.model === usual.id)) {
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
      className="w-56"
      value={bench.search.model ?? usual.id}
      onChange={({ target }) => bench.update({ model: target.value === usual.id ? undefined : target.value })}
    >
      {models.map((model) => (
        <option key={model.id} value={model.id}>
          {model.name}
          {model.default ? ' (default)' : ''}
        </option>
      ))}
      {bench.search.model && !models.some((model) => model.id === bench.search.model) && (
        <option value={bench.search.model}>{bench.search.model} (not here)</option>
      )}
    </Select>
  );
}
