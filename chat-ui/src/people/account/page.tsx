import type { Session, User } from '#contracts';
import { mayUse, signInNeeded } from '../../api/session.ts';
import { useSession } from '../../api/use-session.ts';
import { Page } from '../../app/page.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SkeletonBlock } from '../../ui/skeleton.tsx';
import { Avatar } from '../avatar.tsx';
import { roleMeanings, roleNames } from '../roles.ts';
import { NameForm } from './name-form.tsx';
import { PasswordForm } from './password-form.tsx';
import { SignIns } from './sign-ins.tsx';

function Identity({ user, session }: { user: User; session: Session }) {
  return (
    <Panel className="space-y-5 p-4 sm:p-5">
      <div className="flex items-center gap-4">
        <Avatar name={user.name} className="size-14 text-lg" />
        <div className="min-w-0">
          <h2 className="break-words font-semibold text-lg leading-tight tracking-tight">{user.name}</h2>
          <p className="truncate text-muted">{user.email ?? 'At this machine, without signing in'}</p>
        </div>
      </div>
      <ul className="space-y-1.5">
        {user.roles.map((role) => (
          <li key={role} className="grid grid-cols-[4.75rem_minmax(0,1fr)] items-baseline gap-x-2.5">
            <span>
              <Badge tone={role === 'admin' ? 'warning' : 'plain'}>{roleNames[role]}</Badge>
            </span>
            <span className="text-muted">{roleMeanings[role]}</span>
          </li>
        ))}
      </ul>
      {mayUse(session, 'admin') ? (
        <NameForm user={user} />
      ) : (
        <p className="text-faint text-xs">An admin can change your name, roles and teams.</p>
      )}
    </Panel>
  );
}

/** What is said instead where nobody in particular is signed in. */
function Anonymous({ session }: { session: Session }) {
  return (
    <Panel className="flex flex-wrap items-center justify-between gap-4 p-4 sm:px-5">
      <p className="min-w-0 text-muted">
        {session.kind === 'key'
          ? 'This tab comes in with an API key, which belongs to a program and not to a person.'
          : 'This server is open to whoever sits at this machine. Sign in to see it as somebody else does.'}
      </p>
      <Button onClick={() => signInNeeded.set(true)}>Sign in as a person</Button>
    </Panel>
  );
}

/** What somebody decides about themselves. */
export function AccountPage() {
  const session = useSession();
  return (
    <Page>
      {!session && (
        <Panel>
          <SkeletonBlock label="Asking who you are" lines={4} />
        </Panel>
      )}
      {session?.user && <Identity user={session.user} session={session} />}
      {session && session.kind !== 'user' && <Anonymous session={session} />}
      {session?.kind === 'user' && (
        <>
          <PasswordForm />
          <SignIns />
        </>
      )}
    </Page>
  );
}
