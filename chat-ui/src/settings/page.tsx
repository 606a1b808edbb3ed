import { useQuery } from '@tanstack/react-query';
import { Activity, BookOpen, FileJson } from 'lucide-react';
import { systemQuery } from '../api/queries.ts';
import { Page } from '../app/page.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { Panel } from '../ui/panel.tsx';
import { SkeletonBlock } from '../ui/skeleton.tsx';
import { Access } from './access.tsx';
import { Appearance } from './appearance.tsx';
import { Server } from './server.tsx';
import { Variables } from './variables.tsx';

const links = [
  { href: '/docs', title: 'API reference', does: 'Every route, to read and to try', icon: BookOpen },
  { href: '/openapi.json', title: 'OpenAPI document', does: 'For code generators and tools', icon: FileJson },
  { href: '/metrics', title: 'Metrics', does: 'In Prometheus text format', icon: Activity },
];

function Links() {
  return (
    <ul className="grid grid-cols-1 gap-3 sm:grid-cols-3">
      {links.map(({ href, title, does, icon: Icon }) => (
        <li key={href}>
          <a
            href={href}
            className="flex h-full items-center gap-3.5 rounded-xl border border-line bg-surface p-4 shadow-card transition-colors hover:border-line-strong"
          >
            <Icon className="size-5 shrink-0 text-accent" aria-hidden="true" />
            <span className="min-w-0">
              <span className="block font-medium">{title}</span>
              <span className="block text-faint text-xs">{does}</span>
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}

export function SettingsPage() {
  const { data: system, error, refetch } = useQuery(systemQuery);
  return (
    <Page>
      <Appearance />
      {error && (
        <Panel>
          <ErrorState error={error} onRetry={() => void refetch()} />
        </Panel>
      )}
      {system && (
        <>
          <Access system={system} />
          <Server system={system} />
        </>
      )}
      {!system && !error && (
        <Panel>
          <SkeletonBlock label="Asking the server" lines={10} />
        </Panel>
      )}
      <Variables />
      <Links />
    </Page>
  );
}
