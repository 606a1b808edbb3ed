import { type FormEvent, useState } from 'react';
import { fieldErrorsOf } from '../api/field-errors.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input } from '../ui/field.tsx';
import { LinkOnce } from './link-once.tsx';
import { GeneralError, generalError, type Membership, MembershipFields } from './membership.tsx';
import { useInvite } from './use-people.ts';

/** Asks whom to invite as what, then shows the link until the visitor says it is passed on. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const invite = useInvite();
  const [membership, setMembership] = useState<Membership>({ roles: ['agent'], teamIds: [] });
  const [missing, setMissing] = useState<Partial<Record<string, string>>>({});
  const wrong = { ...fieldErrorsOf(invite.error), ...missing };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const email = String(new FormData(event.currentTarget).get('email')).trim();
    const absent = {
      ...(!email && { '/email': 'Give the e-mail address of whom you invite.' }),
      ...(membership.roles.length === 0 && { '/roles': 'Choose at least one.' }),
    };
    setMissing(absent);
    if (Object.keys(absent).length === 0) invite.mutate({ email, ...membership });
  };
  const created = invite.data;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      sticky={Boolean(created)}
      title={created ? `Invitation for ${created.email}` : 'Invite somebody'}
      description={created ? undefined : 'They choose their name and password when they open the link.'}
    >
      {created ? (
        <LinkOnce created={created} onDone={onClose} />
      ) : (
        <form onSubmit={submit} className="space-y-5" noValidate>
          <Field label="E-mail" error={wrong['/email']}>
            {(ids) => (
              <Input {...ids} name="email" type="email" inputMode="email" autoComplete="off" autoFocus />
            )}
          </Field>
          <MembershipFields value={membership} onChange={setMembership} wrong={wrong} />
          <GeneralError text={generalError(wrong, ['/email', '/roles', '/teamIds'])} />
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" disabled={invite.isPending}>
              {invite.isPending ? 'Inviting…' : 'Make the link'}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
