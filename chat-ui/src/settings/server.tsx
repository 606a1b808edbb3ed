import type { System } from '#contracts';
import { formatBytes, formatCount } from '../ui/format.ts';
import { Panel, PanelHeader } from '../ui/panel.tsx';
import { Time } from '../ui/time.tsx';

const databases = { pglite: 'PGlite, embedded', postgres: 'PostgreSQL' };

interface Line {
  name: string;
  value: React.ReactNode;
  /** The environment variable that sets it, when one does. */
  variable?: string;
}

function linesOf(system: System): Line[] {
  const { workers, limits, database } = system;
  const restarts = workers.restarts === 1 ? '1 restart' : `${formatCount(workers.restarts)} restarts`;
  return [
    { name: 'Version', value: `${system.version} on Node ${system.node.replace(/^v/, '')}` },
    { name: 'Started', value: <Time at={system.startedAt} /> },
    { name: 'Address', value: window.location.host, variable: 'PARLANCE_HOST, PARLANCE_PORT' },
    {
      name: 'Authentication',
      value: system.authentication === 'keys' ? 'API keys' : 'open on this machine',
      variable: 'PARLANCE_AUTH',
    },
    { name: 'Database', value: `${databases[database.kind]} ${database.version}`, variable: 'DATABASE_URL' },
    {
      name: 'Workers',
      value: `${workers.ready} of ${workers.total} ready, ${restarts}`,
      variable: 'PARLANCE_WORKERS',
    },
    { name: 'Queue', value: `${formatCount(limits.queueTokens)} tokens`, variable: 'PARLANCE_QUEUE_TOKENS' },
    { name: 'Texts in one call', value: formatCount(limits.maxTextsPerCall) },
    { name: 'Longest text', value: `${formatCount(limits.maxTextLength)} characters` },
    { name: 'Largest request', value: formatBytes(limits.maxBodyBytes) },
  ];
}

/** What the server is and how it is set up, each line with the variable that changes it. */
export function Server({ system }: { system: System }) {
  return (
    <Panel>
      <PanelHeader title="Server" hint="Set by environment variables when it starts" />
      <dl className="divide-y divide-line">
        {linesOf(system).map((line) => (
          <div
            key={line.name}
            className="grid grid-cols-1 gap-x-6 px-4 py-2.5 sm:grid-cols-[11rem_minmax(0,1fr)_auto] sm:px-5"
          >
            <dt className="text-muted">{line.name}</dt>
            <dd className="figures break-words font-medium">{line.value}</dd>
            <dd className="font-mono text-faint text-xs sm:pt-0.5">{line.variable}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
