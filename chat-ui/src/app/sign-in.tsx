import { useQuery } from '@tanstack/react-query';
import { LockKeyhole } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { asParlanceError } from '#contracts';
import { clientWith } from '../api/client.ts';
import { systemQuery } from '../api/queries.ts';
import { queryClient } from '../api/query-client.ts';
import { apiKey, signInNeeded } from '../api/session.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { Panel } from '../ui/panel.tsx';

const refused = 'The server does not know this key. Check that it is whole and has not been revoked.';

/** Asks for an API key and proves it before it is kept. */
export function SignIn() {
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  // On an open server the visitor came here by choice and may go back.
  const optional = useQuery({ ...systemQuery, enabled: false }).data?.authentication === 'open';
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const key = String(new FormData(event.currentTarget).get('key')).trim();
    if (!key) return setError('Paste the key here first.');
    setBusy(true);
    setError(undefined);
    try {
      await clientWith(key).system();
      apiKey.set(key);
      signInNeeded.set(false);
      await queryClient.resetQueries();
    } catch (thrown) {
      const known = asParlanceError(thrown);
      setError(known.code === 'unauthorized' ? refused : known.message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="grid place-items-center px-4 py-10 sm:py-20">
      <Panel className="w-full max-w-md p-6 sm:p-8">
        <div className="mb-5 grid size-11 place-items-center rounded-xl bg-accent-soft text-accent">
          <LockKeyhole className="size-5" aria-hidden="true" />
        </div>
        <h2 className="font-semibold text-xl tracking-tight">Sign in with an API key</h2>
        <p className="mt-1.5 mb-6 text-muted">
          {optional
            ? 'This server is open, but it can take you for someone else. '
            : 'This server answers only to keys. '}
          Yours is kept in this browser tab and goes when you close it.
        </p>
        <form onSubmit={(event) => void submit(event)} className="space-y-4" noValidate>
          <Field
            label="API key"
            error={error}
            hint={
              <>
                No key yet? On the server’s machine: <code className="font-mono">parlance keys create</code>
              </>
            }
          >
            {(ids) => (
              <Input
                {...ids}
                name="key"
                type="password"
                autoComplete="off"
                spellCheck={false}
                className="font-mono"
              />
            )}
          </Field>
          <Button type="submit" variant="primary" className="w-full" disabled={busy}>
            {busy ? 'Checking…' : 'Sign in'}
          </Button>
          {optional && (
            <Button variant="ghost" className="w-full" onClick={() => signInNeeded.set(false)}>
              Not now
            </Button>
          )}
        </form>
      </Panel>
    </div>
  );
}

/** Forgets the key and everything that was read with it. */
export function signOut(): void {
  apiKey.set(null);
  void queryClient.resetQueries();
}
