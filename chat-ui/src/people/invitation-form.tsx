import { type FormEvent, useState } from 'react';
import { asParlanceError, type InvitationOffer } from '#contracts';
import { client } from '../api/client.ts';
import { fieldErrorsOf } from '../api/field-errors.ts';
import { apiKey } from '../api/session.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { GeneralError, generalError } from './membership.tsx';
import { PasswordField } from './password-field.tsx';
import { shortest, strengthOf } from './strength.ts';

interface InvitationFormProps {
  token: string;
  offer: InvitationOffer;
  /** Told when the link turns out to be worth nothing. */
  onSpent: (error: unknown) => void;
}

/** Name and password of who was invited, or a new password of who was here before. */
export function InvitationForm({ token, offer, onSpent }: InvitationFormProps) {
  const joins = offer.kind === 'join';
  const [error, setError] = useState<unknown>();
  const [missing, setMissing] = useState<Partial<Record<string, string>>>({});
  const [busy, setBusy] = useState(false);
  const wrong = { ...fieldErrorsOf(error), ...missing };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const name = joins ? String(data.get('name')).trim() : undefined;
    const password = String(data.get('password'));
    const absent = {
      ...(name === '' && { '/name': 'Say what you want to be called.' }),
      ...(!strengthOf(password).enough && { '/password': `Use at least ${shortest} characters.` }),
    };
    setMissing(absent);
    setError(undefined);
    if (Object.keys(absent).length > 0) return;
    setBusy(true);
    try {
      await client().invitations.accept(token, { name, password });
      // A key of this tab would go on speaking for whoever it belongs to.
      apiKey.set(null);
      // Afresh: the address is spent, and somebody else may have been here before.
      window.location.replace('/');
    } catch (thrown) {
      if (asParlanceError(thrown).code === 'not_found') onSpent(thrown);
      else setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="space-y-4" noValidate>
      <Field label="E-mail" hint={joins ? 'With this you sign in from now on' : undefined}>
        {(ids) => (
          <Input
            {...ids}
            name="email"
            type="email"
            value={offer.email}
            readOnly
            autoComplete="username"
            className="bg-sunken text-muted"
          />
        )}
      </Field>
      {joins && (
        <Field label="Your name" error={wrong['/name']} hint="Colleagues and customers see it">
          {(ids) => <Input {...ids} name="name" autoComplete="name" maxLength={100} autoFocus />}
        </Field>
      )}
      <PasswordField
        label={joins ? 'Password' : 'New password'}
        name="password"
        autoComplete="new-password"
        chosen
        error={wrong['/password']}
      />
      <GeneralError text={generalError(wrong, ['/name', '/password'])} />
      <Button type="submit" variant="primary" className="w-full" disabled={busy}>
        {busy ? 'One moment…' : joins ? 'Join' : 'Set the password'}
      </Button>
    </form>
  );
}
