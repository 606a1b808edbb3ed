import { useQuery } from '@tanstack/react-query';
import { Laptop, Smartphone } from 'lucide-react';
import type { SignIn } from '#contracts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Panel, PanelHeader } from '../../ui/panel.tsx';
import { SkeletonBlock } from '../../ui/skeleton.tsx';
import { Time } from '../../ui/time.tsx';
import { deviceOf, isPhone } from '../device.ts';
import { signInsQuery } from '../queries.ts';
import { useEndSignIns, useSignOut } from './use-account.ts';

function Row({ signIn, onEnd }: { signIn: SignIn; onEnd: () => void }) {
  const Icon = isPhone(signIn.userAgent) ? Smartphone : Laptop;
  const device = deviceOf(signIn.userAgent);
  return (
    <li className="flex items-center gap-3.5 px-4 py-3 sm:px-5">
      <Icon className="size-5 shrink-0 text-faint" aria-hidden="true" />
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium" title={signIn.userAgent}>
            {device}
          </span>
          {signIn.current && <Badge tone="good">This browser</Badge>}
        </p>
        <p className="flex flex-wrap gap-x-3 text-faint text-xs">
          <span>
            signed in <Time at={signIn.createdAt} />
          </span>
          <span>
            used <Time at={signIn.lastUsedAt} />
          </span>
        </p>
      </div>
      {!signIn.current && (
        <Button size="small" aria-label={`Sign out ${device}`} onClick={onEnd}>
          Sign out
        </Button>
      )}
    </li>
  );
}

/** Where somebody is signed in, with the means to end it. */
export function SignIns() {
  const { data: signIns, error, refetch } = useQuery(signInsQuery);
  const end = useEndSignIns();
  const signOut = useSignOut();
  const elsewhere = signIns?.filter((signIn) => !signIn.current) ?? [];
  return (
    <Panel>
      <PanelHeader title="Signed in" hint="A sign-in that is not used for a week ends by itself">
        <div className="flex flex-wrap gap-2">
          {elsewhere.length > 0 && (
            <Button size="small" disabled={end.isPending} onClick={() => end.mutate(elsewhere)}>
              Sign out everywhere else
            </Button>
          )}
          <Button size="small" disabled={signOut.isPending} onClick={() => signOut.mutate(elsewhere)}>
            {elsewhere.length > 0 ? 'Sign out everywhere' : 'Sign out'}
          </Button>
        </div>
      </PanelHeader>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!signIns && !error && <SkeletonBlock label="Loading the sign-ins" lines={2} />}
      <ul className="divide-y divide-line">
        {signIns?.map((signIn) => (
          <Row key={signIn.id} signIn={signIn} onEnd={() => end.mutate([signIn])} />
        ))}
      </ul>
    </Panel>
  );
}
