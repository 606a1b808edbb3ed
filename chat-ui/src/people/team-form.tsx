import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import type { Team } from '#contracts';
import { fieldErrorsOf } from '../api/field-errors.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input } from '../ui/field.tsx';
import { useSaveTeam } from './use-teams.ts';

/** Names a new team, or gives one another name. */
export function TeamDialog({ team, onClose }: { team: Team | undefined; onClose: () => void }) {
  const save = useSaveTeam();
  const [missing, setMissing] = useState<string>();
  const wrong = fieldErrorsOf(save.error);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name')).trim();
    setMissing(name ? undefined : 'A team needs a name.');
    if (!name) return;
    save.mutate(
      { id: team?.id, name },
      {
        onSuccess: () => {
          toast.success(team ? `Renamed to “${name}”` : `Made the team “${name}”`);
          onClose();
        },
      },
    );
  };
  return (
    <Dialog open onOpenChange={onClose} title={team ? `Rename “${team.name}”` : 'New team'}>
      <form onSubmit={submit} className="space-y-5" noValidate>
        <Field
          label="Name"
          error={missing ?? wrong['/name'] ?? wrong['']}
          hint="Such as “Billing” or “Spanish”"
        >
          {(ids) => (
            <Input
              {...ids}
              name="name"
              defaultValue={team?.name}
              maxLength={100}
              autoComplete="off"
              autoFocus
            />
          )}
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={save.isPending}>
            {save.isPending ? 'Saving…' : team ? 'Rename' : 'Make team'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
