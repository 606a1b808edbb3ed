import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input } from '../../ui/field.tsx';

interface TakeDialogProps {
  from: string;
  onClose: () => void;
  onTake: (reason: string) => void;
}

/** Taking a conversation from a colleague needs a reason; it stays in the transcript. */
export function TakeDialog({ from, onClose, onTake }: TakeDialogProps) {
  const [error, setError] = useState<string>();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get('reason')).trim();
    if (reason) onTake(reason);
    else setError('Say why, in a few words.');
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Take it over from ${from}?`}
      description={`${from} has this conversation now and will see who took it and why.`}
    >
      <form onSubmit={submit} className="space-y-5" noValidate>
        <Field label="Why" error={error} hint="Such as “going home” or “the customer asked for me”">
          {(ids) => <Input {...ids} name="reason" maxLength={500} autoComplete="off" autoFocus />}
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Leave it</Button>
          <Button type="submit" variant="primary">
            Take over
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
