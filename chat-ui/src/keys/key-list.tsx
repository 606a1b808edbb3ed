import { useQuery } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import type { ApiKey } from '#contracts';
import { keysQuery } from '../api/queries.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Confirm } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { formatCount } from '../ui/format.ts';
import { Panel } from '../ui/panel.tsx';
import { SkeletonBlock } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';
import { useRevokeKey } from './use-keys.ts';

function stateOf(key: ApiKey): { word: string; tone: 'good' | 'plain' | 'warning'; over: boolean } {
  if (key.revokedAt) return { word: 'Revoked', tone: 'plain', over: true };
  if (key.expiresAt && Date.parse(key.expiresAt) < Date.now())
    return { word: 'Expired', tone: 'warning', over: true };
  return { word: 'Active', tone: 'good', over: false };
}

function KeyRow({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: () => void }) {
  const state = stateOf(apiKey);
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-2 px-4 py-3.5 sm:px-5">
      <div className="min-w-0 grow basis-64">
        <p className="flex flex-wrap items-center gap-2">
          <span className={cx('break-words font-medium', state.over && 'text-muted line-through')}>
            {apiKey.name}
          </span>
          <Badge tone={state.tone}>{state.word}</Badge>
        </p>
        <p className="mt-0.5 flex flex-wrap gap-x-3 text-faint text-xs">
          <code className="font-mono">{apiKey.prefix}…</code>
          <span>
            created <Time at={apiKey.createdAt} />
          </span>
          <span>
            {apiKey.lastUsedAt ? (
              <>
                used <Time at={apiKey.lastUsedAt} />
              </>
            ) : (
              'never used'
            )}
          </span>
          {apiKey.expiresAt && !apiKey.revokedAt && (
            <span>
              {state.over ? 'expired' : 'expires'} <Time at={apiKey.expiresAt} />
            </span>
          )}
          {apiKey.ratePerMinute && (
            <span className="figures">{formatCount(apiKey.ratePerMinute)} requests a minute</span>
          )}
        </p>
      </div>
      <div className="flex grow flex-wrap gap-1 sm:grow-0">
        {apiKey.scopes.map((scope) => (
          <Badge key={scope} tone={scope === 'admin' ? 'warning' : 'plain'} className="font-mono">
            {scope}
          </Badge>
        ))}
      </div>
      <div className="w-20 text-right">
        {!state.over && (
          <Button size="small" aria-label={`Revoke “${apiKey.name}”`} onClick={onRevoke}>
            Revoke
          </Button>
        )}
      </div>
    </li>
  );
}

export function KeyList({ onCreate }: { onCreate: () => void }) {
  const { data: keys, error, refetch } = useQuery(keysQuery);
  const revoke = useRevokeKey();
  const [doomed, setDoomed] = useState<ApiKey>();
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!keys) return <SkeletonBlock label="Loading the keys" lines={5} />;
  if (keys.length === 0) {
    return (
      <EmptyState
        icon={KeyRound}
        title="No keys yet"
        action={
          <Button variant="primary" onClick={onCreate}>
            <Plus aria-hidden="true" /> Create key
          </Button>
        }
      >
        On this machine everything works without one. You need a key once the server listens on the network:
        set
        <code className="mx-1 break-all font-mono text-[0.8125rem]">PARLANCE_AUTH=keys</code>
        and give each program a key of its own, so that you can take one back without the others.
      </EmptyState>
    );
  }
  return (
    <Panel>
      <ul className="divide-y divide-line">
        {keys.map((key) => (
          <KeyRow key={key.id} apiKey={key} onRevoke={() => setDoomed(key)} />
        ))}
      </ul>
      <Confirm
        open={doomed !== undefined}
        onOpenChange={(open) => !open && setDoomed(undefined)}
        title={`Revoke “${doomed?.name}”?`}
        action="Revoke key"
        onConfirm={() => doomed && revoke.mutate(doomed)}
      >
        Programs that use it are refused from now on. This cannot be undone.
      </Confirm>
    </Panel>
  );
}
