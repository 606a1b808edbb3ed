import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import type { User } from '#contracts';
import { fieldErrorsOf } from '../api/field-errors.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input } from '../ui/field.tsx';
import { GeneralError, generalError, type Membership, MembershipFields } from './membership.tsx';
import { isLastAdmin, lastAdminReason } from './rules.ts';
import { useChangeUser } from './use-people.ts';

interface EditDialogProps {
  user: User;
  users: User[];
  onClose: () => void;
}

/** Changes somebody's name, roles and teams. */
export function EditDialog({ user, users, onClose }: EditDialogProps) {
  const change = useChangeUser();
  const [membership, setMembership] = useState<Membership>({ roles: user.roles, teamIds: user.teamIds });
  const [missing, setMissing] = useState<Partial<Record<string, string>>>({});
  const wrong = { ...fieldErrorsOf(change.error), ...missing };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name')).trim();
    const absent = {
      ...(!name && { '/name': 'A name is needed: colleagues and customers see it.' }),
      ...(membership.roles.length === 0 && { '/roles': 'Choose at least one, or disable the person.' }),
    };
    setMissing(absent);
    if (Object.keys(absent).length > 0) return;
    change.mutate(
      { user, change: { name, ...membership } },
      {
        onSuccess: () => {
          toast.success(`Saved ${name}`);
          onClose();
        },
      },
    );
  };
  return (
    <Dialog open onOpenChange={onClose} title={user.name} description={user.email ?? 'At this machine'}>
      <form onSubmit={submit} className="space-y-5" noValidate>
        <Field label="Name" error={wrong['/name']}>
          {(ids) => (
            <Input
              {...ids}
              name="name"
              defaultValue={user.name}
              maxLength={100}
              autoComplete="off"
              autoFocus
            />
          )}
        </Field>
        <MembershipFields
          value={membership}
          onChange={setMembership}
          wrong={wrong}
          adminFixed={isLastAdmin(user, users) ? lastAdminReason : undefined}
        />
        <GeneralError text={generalError(wrong, ['/name', '/roles', '/teamIds'])} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={change.isPending}>
            {change.isPending ? 'Saving…' : 'Save'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
