import { ShieldAlert } from 'lucide-react';
import type { CreatedInvitation } from '#contracts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy.tsx';
import { Time } from '../ui/time.tsx';

/** The link of an invitation, which nobody can show a second time. */
export function LinkOnce({ created, onDone }: { created: CreatedInvitation; onDone: () => void }) {
  const link = `${window.location.origin}/invitation/${created.token}`;
  return (
    <div className="space-y-5">
      <p className="flex gap-2.5 rounded-lg bg-warning-soft px-3 py-2.5 text-warning">
        <ShieldAlert className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
        This is the only time it is shown. Nothing is sent by e-mail: pass it on yourself.
      </p>
      {created.token ? (
        <div className="flex items-center gap-2 rounded-lg border border-line bg-sunken p-2 pl-3.5">
          <code data-testid="link" className="min-w-0 grow break-all font-mono text-[0.8125rem]">
            {link}
          </code>
          <CopyButton text={link} what="link" variant="secondary" />
        </div>
      ) : (
        <p>The link was made before and has been shown then. Revoke it if it is lost, and make another.</p>
      )}
      <p className="text-muted">
        It works once and ends <Time at={created.expiresAt} />. Whoever opens it{' '}
        {created.kind === 'join' ? 'joins as' : 'chooses a new password for'}{' '}
        <span className="break-all font-medium text-ink">{created.email}</span>.
      </p>
      <Button variant="primary" className="w-full" onClick={onDone}>
        I have passed it on
      </Button>
    </div>
  );
}
