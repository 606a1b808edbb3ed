import { type FormEvent, useState } from 'react';
import { fieldErrorsOf } from '../../api/field-errors.ts';
import { Button } from '../../ui/button.tsx';
import { Panel, PanelHeader } from '../../ui/panel.tsx';
import { GeneralError, generalError } from '../membership.tsx';
import { PasswordField } from '../password-field.tsx';
import { shortest, strengthOf } from '../strength.ts';
import { useChangePassword } from './use-account.ts';

export function PasswordForm() {
  const change = useChangePassword();
  const [missing, setMissing] = useState<Partial<Record<string, string>>>({});
  const wrong = { ...fieldErrorsOf(change.error), ...missing };
  // Once changed, both fields start empty again.
  const [round, setRound] = useState(0);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const [current, password] = [String(data.get('current')), String(data.get('password'))];
    const absent = {
      ...(!current && { '/current': 'Give the password you have now.' }),
      ...(!strengthOf(password).enough && { '/password': `Use at least ${shortest} characters.` }),
    };
    setMissing(absent);
    if (Object.keys(absent).length > 0) return;
    change.mutate({ current, password }, { onSuccess: () => setRound(round + 1) });
  };
  return (
    <Panel>
      <PanelHeader title="Password" hint="Changing it signs you out everywhere else" />
      <form key={round} onSubmit={submit} noValidate className="space-y-4 p-4 sm:px-5">
        <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
          <PasswordField
            label="Current password"
            name="current"
            autoComplete="current-password"
            error={wrong['/current']}
          />
          <PasswordField
            label="New password"
            name="password"
            autoComplete="new-password"
            chosen
            error={wrong['/password']}
          />
        </div>
        <GeneralError text={generalError(wrong, ['/current', '/password'])} />
        <Button type="submit" disabled={change.isPending}>
          {change.isPending ? 'Changing…' : 'Change password'}
        </Button>
      </form>
    </Panel>
  );
}
