import { type FormEvent, useState } from 'react';
import { asParlanceError } from '#contracts';
import { enterWithKey } from '../api/entering.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';

const refused = 'The server does not know this key. Check that it is whole and has not been revoked.';

/** Asks for an API key and proves it before it is kept. */
export function KeyForm() {
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const key = String(new FormData(event.currentTarget).get('key')).trim();
    if (!key) return setError('Paste the key here first.');
    setBusy(true);
    setError(undefined);
    try {
      await enterWithKey(key);
    } catch (thrown) {
      const known = asParlanceError(thrown);
      setError(known.code === 'unauthorized' ? refused : known.message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="space-y-4" noValidate>
      <Field
        label="API key"
        error={error}
        hint={
          <>
            Kept in this browser tab, gone when you close it. To make one, on the server’s machine:{' '}
            <code className="font-mono">parlance keys create</code>
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
            autoFocus
            className="font-mono"
          />
        )}
      </Field>
      <Button type="submit" variant="primary" className="w-full" disabled={busy}>
        {busy ? 'Checking…' : 'Sign in'}
      </Button>
    </form>
  );
}
