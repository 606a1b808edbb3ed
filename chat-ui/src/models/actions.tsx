import { useNavigate } from '@tanstack/react-router';
import { Pin, PinOff, ShieldCheck, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { ModelStatus } from '#contracts';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { useChangeModel } from './use-models.ts';

/** What an admin can do to a model. */
export function Actions({ model }: { model: ModelStatus }) {
  const navigate = useNavigate();
  const [doomed, setDoomed] = useState(false);
  const change = useChangeModel(model, (what) => {
    if (what === 'remove') void navigate({ to: '/models' });
  });
  const removable = model.source === 'hub' || model.source === 'dir';
  return (
    <>
      <Button disabled={change.isPending} onClick={() => change.mutate('verify')}>
        <ShieldCheck aria-hidden="true" /> Verify
      </Button>
      {removable && (
        <>
          <Button disabled={change.isPending} onClick={() => change.mutate(model.pinned ? 'unpin' : 'pin')}>
            {model.pinned ? <PinOff aria-hidden="true" /> : <Pin aria-hidden="true" />}
            {model.pinned ? 'Unpin' : 'Pin'}
          </Button>
          <Button disabled={change.isPending} onClick={() => setDoomed(true)}>
            <Trash2 aria-hidden="true" /> Remove
          </Button>
        </>
      )}
      <Confirm
        open={doomed}
        onOpenChange={setDoomed}
        title={`Remove “${model.name}”?`}
        action="Remove model"
        onConfirm={() => change.mutate('remove')}
      >
        Its files are deleted, and whoever asks for it is refused from now on.{' '}
        {model.source === 'hub'
          ? 'It can be pulled again if the hub still has it.'
          : 'They are in the folder of models, and nothing here brings them back.'}
      </Confirm>
    </>
  );
}
