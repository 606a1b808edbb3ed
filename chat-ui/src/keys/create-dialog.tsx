import { ShieldAlert } from 'lucide-react';
import type { CreatedKey } from '#contracts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { CreateForm } from './create-form.tsx';
import { useCreateKey } from './use-keys.ts';

function Secret({ created, onDone }: { created: CreatedKey; onDone: () => void }) {
  return (
    <div className="space-y-5">
      <p className="flex gap-2.5 rounded-lg bg-warning-soft px-3 py-2.5 text-warning">
        <ShieldAlert className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
        This is the only time it is shown. The server keeps a hash of it and cannot show it again.
      </p>
      {created.secret ? (
        <div className="flex items-center gap-2 rounded-lg border border-line bg-sunken p-2 pl-3.5">
          <code data-testid="secret" className="min-w-0 grow break-all font-mono">
            {created.secret}
          </code>
          <CopyButton text={created.secret} what="key" variant="secondary" />
        </div>
      ) : (
        <p>The key was created before and its secret has been shown then. Revoke it if the secret is lost.</p>
      )}
      <p className="text-muted">
        Send it as <code className="font-mono text-[0.8125rem]">Authorization: Bearer …</code>
      </p>
      <Button variant="primary" className="w-full" onClick={onDone}>
        I have stored it
      </Button>
    </div>
  );
}

/** Makes a key, then shows its secret until the visitor says it is stored. */
export function CreateDialog({ onClose }: { onClose: () => void }) {
  const create = useCreateKey();
  const created = create.data;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      sticky={Boolean(created)}
      title={created ? `Key “${created.name}”` : 'Create an API key'}
    >
      {created ? (
        <Secret created={created} onDone={onClose} />
      ) : (
        <CreateForm
          busy={create.isPending}
          error={create.error}
          onCreate={create.mutate}
          onCancel={onClose}
        />
      )}
    </Dialog>
  );
}
