import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { modelsQuery } from '../api/queries.ts';
import { CopyButton } from '../ui/copy.tsx';
import { formatCount, formatMs } from '../ui/format.ts';
import type { Outcome } from './task.ts';

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt className="text-faint text-xs">{name}</dt>
      <dd className="figures font-medium">{value}</dd>
    </div>
  );
}

/** A commit hash by its first twelve digits; any other name whole. */
const shortRevision = (revision: string): string =>
  /^[0-9a-f]{40,}$/.test(revision) ? revision.slice(0, 12) : revision;

/** Where the time went, what was read, and which model exactly answered. */
export function Timing({ outcome }: { outcome: Outcome }) {
  const { timing, usage, model, id } = outcome.response;
  // A library that answers without a model has no page.
  const isCatalogued = useQuery(modelsQuery).data?.some((each) => each.id === model.id);
  const rest = Math.max(0, timing.totalMs - timing.queueMs - timing.inferenceMs);
  const parts = [
    { name: 'queue', ms: timing.queueMs, className: 'bg-warning' },
    { name: 'inference', ms: timing.inferenceMs, className: 'bg-accent' },
    { name: 'other server work', ms: rest, className: 'bg-neutral' },
    {
      name: 'network and browser',
      ms: Math.max(0, outcome.roundTripMs - timing.totalMs),
      className: 'bg-line-strong',
    },
  ];
  return (
    <footer className="space-y-3 rounded-b-xl border-line border-t bg-sunken/60 p-4 sm:px-5">
      <dl className="grid grid-cols-3 gap-x-4 gap-y-3 sm:flex sm:flex-wrap sm:gap-x-8">
        <Figure name="Queue" value={formatMs(timing.queueMs)} />
        <Figure name="Inference" value={formatMs(timing.inferenceMs)} />
        <Figure name="Server total" value={formatMs(timing.totalMs)} />
        <Figure name="Round trip" value={formatMs(outcome.roundTripMs)} />
        <Figure name="Tokens read" value={formatCount(usage.inputTokens)} />
      </dl>
      <div
        role="img"
        aria-label={`Round trip: ${parts.map((part) => `${part.name} ${formatMs(part.ms)}`).join(', ')}`}
        className="flex h-1.5 gap-px overflow-hidden rounded-full"
      >
        {parts.map((part) => (
          <div
            key={part.name}
            title={`${part.name}: ${formatMs(part.ms)}`}
            className={part.className}
            style={{ flexGrow: part.ms, minWidth: 2 }}
          />
        ))}
      </div>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-1 text-faint text-xs">
        <span className="min-w-0 break-words">
          {isCatalogued ? (
            <Link
              to="/models/$"
              params={{ _splat: model.id }}
              className="font-medium text-accent underline-offset-2 hover:underline"
            >
              {model.id}
            </Link>
          ) : (
            <span className="font-medium">{model.id}</span>
          )}{' '}
          revision {shortRevision(model.revision)}, {model.engine} {model.dtype}
        </span>
        <span className="flex min-w-0 items-center">
          <span className="mr-1">Inference</span>
          <code className="truncate font-mono">{id}</code>
          <CopyButton text={id} what="inference id" className="size-6 [&_svg]:size-3.5" />
        </span>
      </div>
    </footer>
  );
}
