import { LogOut } from 'lucide-react';
import type { System } from '#contracts';
import { apiKey, signInNeeded } from '../api/session.ts';
import { signOut } from '../app/sign-in.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Panel, PanelHeader } from '../ui/panel.tsx';

/** How this page comes in, and how to come in as someone else. */
export function Access({ system }: { system: System }) {
  const signedIn = apiKey.use() !== null;
  const { authentication, principal } = system;
  return (
    <Panel>
      <PanelHeader title="Access">
        <Badge tone={authentication === 'keys' ? 'good' : 'plain'}>
          {authentication === 'keys' ? 'API keys required' : 'Open on this machine'}
        </Badge>
      </PanelHeader>
      <div className="flex flex-wrap items-center justify-between gap-4 p-4 sm:px-5">
        <div className="min-w-0 space-y-1">
          <p className="text-muted">
            {authentication === 'keys'
              ? 'Every call needs a key. Yours is kept in this tab only.'
              : 'Programs on this machine come in without a key; nothing else can reach the server.'}
          </p>
          <p className="break-words">
            You are <span className="font-medium">{principal.actor}</span> in the tenant{' '}
            <span className="font-medium">{principal.tenant}</span>, with{' '}
            {principal.scopes.map((scope) => (
              <Badge key={scope} className="mr-1 font-mono">
                {scope}
              </Badge>
            ))}
          </p>
        </div>
        {signedIn ? (
          <Button onClick={signOut}>
            <LogOut aria-hidden="true" /> Sign out
          </Button>
        ) : (
          <Button onClick={() => signInNeeded.set(true)}>Use an API key</Button>
        )}
      </div>
    </Panel>
  );
}
