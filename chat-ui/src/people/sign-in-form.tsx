import { type FormEvent, useState } from 'react';
import { asParlanceError } from '#contracts';
import { client } from '../api/client.ts';
import { enter } from '../api/entering.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { PasswordField } from './password-field.tsx';

/** Sign-in with e-mail and password. */
export function SignInForm() {
  const [wrong, setWrong] = useState<{ email?: string; password?: string; general?: string }>({});
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const email = String(data.get('email')).trim();
    const password = String(data.get('password'));
    const missing = {
      ...(!email && { email: 'Give your e-mail address.' }),
      ...(!password && { password: 'Give your password.' }),
    };
    setWrong(missing);
    if (Object.keys(missing).length > 0) return;
    setBusy(true);
    try {
      await enter(await client().session.signIn({ email, password }));
    } catch (thrown) {
      const { code, message } = asParlanceError(thrown);
      if (code === 'invalid_input') setWrong({ email: 'This is not an e-mail address.' });
      else setWrong({ general: message });
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="space-y-4" noValidate>
      <Field label="E-mail" error={wrong.email}>
        {(ids) => (
          <Input {...ids} name="email" type="email" autoComplete="username" inputMode="email" autoFocus />
        )}
      </Field>
      <PasswordField
        label="Password"
        name="password"
        autoComplete="current-password"
        error={wrong.password}
      />
      {wrong.general && (
        <p role="alert" className="rounded-lg bg-negative-soft px-3 py-2 text-negative">
          {wrong.general}
        </p>
      )}
      <Button type="submit" variant="primary" className="w-full" disabled={busy}>
        {busy ? 'Signing in…' : 'Sign in'}
      </Button>
    </form>
  );
}
