import { useQuery } from '@tanstack/react-query';
import { KeyRound, LogIn } from 'lucide-react';
import { useState } from 'react';
import { sessionQuery } from '../api/queries.ts';
import { keepAddress } from '../api/return-address.ts';
import { signInFailure, signInNeeded } from '../api/session.ts';
import { Doorstep } from '../people/doorstep.tsx';
import { KeyForm } from '../people/key-form.tsx';
import { SignInForm } from '../people/sign-in-form.tsx';
import { Button, buttonClass } from '../ui/button.tsx';

/** Why the provider did not let somebody in, in words. */
const failures: Record<string, string> = {
  forbidden: 'Nobody here has the address you signed in with. Ask an admin for an invitation.',
  timeout: 'That took too long, or was begun in another browser. Try again.',
};
const failed = 'The provider did not confirm who you are. Try again, or ask whoever runs it.';

/** How to come in: with a password, at the provider where there is one, or with an API key. */
export function SignIn() {
  const [byKey, setByKey] = useState(false);
  // Whether somebody is still signed in decides whether they may go back, so it is asked anew.
  const { data: session } = useQuery({ ...sessionQuery, refetchOnMount: 'always' });
  const optional = session !== undefined && session.kind !== 'none';
  const provider = session?.openIdProvider;
  return (
    <Doorstep
      title={byKey ? 'Sign in with an API key' : 'Sign in'}
      below={
        byKey ? (
          <Button variant="ghost" onClick={() => setByKey(false)}>
            Back to e-mail and password
          </Button>
        ) : (
          'No account, or no password any more? Ask an admin for a link.'
        )
      }
    >
      {signInFailure && !byKey && (
        <p role="alert" className="-mt-2 mb-5 rounded-lg bg-negative-soft px-3 py-2 text-negative">
          {failures[signInFailure] ?? failed}
        </p>
      )}
      {byKey ? <KeyForm /> : <SignInForm />}
      {!byKey && (
        <>
          <p className="my-5 flex items-center gap-3 text-faint text-xs before:h-px before:grow before:bg-line after:h-px after:grow after:bg-line">
            or
          </p>
          <div className="space-y-2">
            {provider && (
              <a
                href="/api/v1/session/oidc/start"
                onClick={keepAddress}
                className={`${buttonClass()} w-full`}
              >
                <LogIn aria-hidden="true" /> Continue with {provider}
              </a>
            )}
            <Button className="w-full" onClick={() => setByKey(true)}>
              <KeyRound aria-hidden="true" /> Use an API key
            </Button>
          </div>
        </>
      )}
      {optional && (
        <Button variant="ghost" className="mt-2 w-full" onClick={() => signInNeeded.set(false)}>
          Not now
        </Button>
      )}
    </Doorstep>
  );
}
