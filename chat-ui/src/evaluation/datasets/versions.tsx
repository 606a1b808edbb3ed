import { useQuery } from '@tanstack/react-query';
import { Snowflake } from 'lucide-react';
import type { DatasetVersion } from '#contracts';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { CopyButton } from '../../ui/copy.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatBytes, plural } from '../../ui/format.ts';
import { Panel, PanelHeader } from '../../ui/panel.tsx';
import { SkeletonBlock } from '../../ui/skeleton.tsx';
import { Time } from '../../ui/time.tsx';
import { versionsQuery } from './queries.ts';
import { pinOf } from './snippet.ts';
import { useFreeze } from './use-rows.ts';

/** The frozen versions of a dataset, and how a suite pins the latest. */
export function Versions({ dataset }: { dataset: string }) {
  const { data: versions, error, refetch } = useQuery(versionsQuery(dataset));
  const freeze = useFreeze(dataset);
  const latest = versions?.[0];
  return (
    <Panel>
      <PanelHeader title="Versions" hint="The rows as they were at one moment, for good">
        <Button size="small" variant="primary" disabled={freeze.isPending} onClick={() => freeze.mutate()}>
          <Snowflake aria-hidden="true" /> Freeze a version
        </Button>
      </PanelHeader>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!versions && !error && <SkeletonBlock label="Loading the versions" lines={2} />}
      {versions?.length === 0 && (
        <p className="px-4 py-6 text-muted sm:px-5">
          None yet. Freeze one, and suites can measure with exactly these rows, whatever is added later.
        </p>
      )}
      <ul className="divide-y divide-line" aria-label="Versions">
        {versions?.map((version) => (
          <Version key={version.sha256} version={version} />
        ))}
      </ul>
      {latest && (
        <div className="space-y-2 border-line border-t p-4 sm:px-5">
          <h3 className="font-medium">In a suite</h3>
          <CodeBlock code={pinOf(latest)} what="the lines that pin it" />
        </div>
      )}
    </Panel>
  );
}

function Version({ version }: { version: DatasetVersion }) {
  const { sha256, rows, bytes, byName, at } = version;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 sm:px-5">
      <span className="flex min-w-0 items-center gap-1">
        <code className="truncate font-mono text-[0.8125rem]" title={sha256}>
          {sha256.slice(0, 12)}…
        </code>
        <CopyButton text={sha256} what={`the hash ${sha256.slice(0, 12)}`} className="size-8" />
      </span>
      <span className="figures text-muted">
        {plural(rows, 'row')}, {formatBytes(bytes)}
      </span>
      <span className="ml-auto text-faint text-xs">
        by {byName} <Time at={at} />
      </span>
    </li>
  );
}
