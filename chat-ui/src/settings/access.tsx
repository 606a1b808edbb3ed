import { LogOut } from 'lucide-react';
import type { System } from '#contracts';
import { signInNeeded } from '../api/session.ts';
import { useSession } from '../api/use-session.ts';
import { useSignOut } from '../people/account/use-account.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Panel, PanelHeader } from '../ui/panel.tsx';

/** How this page comes in, and how to come in as someone else. */
export function Access({ system }: { system: System }) {
  const session = useSession();
  const signOut = useSignOut();
  const signedIn = session?.kind === 'key' || session?.kind === 'user';
  const { authentication, principal } = system;
  const name = session?.user?.name ?? principal.actor;
  return (
    <Panel>
      <PanelHeader title="Access">
        <Badge tone={authentication === 'keys' ? 'good' : 'plain'}>
          {authentication === 'keys' ? 'Sign-in required' : 'Open on this machine'}
        </Badge>
      </PanelHeader>
      <div className="flex flex-wrap items-center justify-between gap-4 p-4 sm:px-5">
        <div className="min-w-0 space-y-1">
          <p className="text-muted">
            {authentication === 'keys'
              ? 'People sign in and programs bring an API key.'
              : 'Whoever is at this machine comes in without signing in; nothing else can reach the server.'}
          </p>
          <p className="break-words">
            You are{' '}
            {name !== 'You' && (
              <span className="font-medium" title={principal.actor}>
                {name}{' '}
              </span>
            )}
            in the tenant <span className="font-medium">{principal.tenant}</span>, with{' '}
            {principal.scopes.map((scope) => (
              <Badge key={scope} className="mr-1 font-mono">
                {scope}
              </Badge>
            ))}
          </p>
        </div>
        {signedIn ? (
          <Button disabled={signOut.isPending} onClick={() => signOut.mutate([])}>
            <LogOut aria-hidden="true" /> {session.kind === 'key' ? 'Forget the key' : 'Sign out'}
          </Button>
        ) : (
          <Button onClick={() => signInNeeded.set(true)}>Sign in as somebody else</Button>
        )}
      </div>
    </Panel>
  );
}
