import { and, eq, gt, isNull } from 'drizzle-orm';
import { ParlanceError } from '#contracts';
import type { Database, Transaction } from '../db/database.ts';
import { invitation, person } from '../db/schema/index.ts';
import { defaultTenant } from '../principal.ts';
import { accept } from './acceptance.ts';
import type { OpenIdIdentity } from './open-id.ts';
import type { SessionStore } from './sessions.ts';

export interface ProviderSignIn {
  /**
   * Signs in whom the provider vouched for: a user, or somebody who was invited and joins by this. Answers the session's
   * token. Throws `forbidden` for anybody else.
   */
  signIn(identity: OpenIdIdentity, device: { userAgent: string }): Promise<string>;
}

/**
 * Sign-in at the installation's provider. It is for the tenant the installation began with: no other has chosen to believe
 * that provider. `now` gives milliseconds since 1970.
 */
export function createProviderSignIn(
  db: Database,
  sessions: SessionStore,
  now: () => number,
): ProviderSignIn {
  return {
    signIn: (identity, { userAgent }) =>
      db.withTenant(defaultTenant, async (tx) => {
        const [known] = await tx.select().from(person).where(eq(person.email, identity.email));
        if (known?.disabledAt) throw stranger(identity);
        const id = known?.id ?? (await joinInvited(tx, identity, new Date(now())));
        return await sessions.start(tx, id, { userAgent, how: 'provider' });
      }),
  };
}

async function joinInvited(tx: Transaction, identity: OpenIdIdentity, at: Date): Promise<string> {
  const [used] = await tx
    .delete(invitation)
    .where(
      and(eq(invitation.email, identity.email), isNull(invitation.personId), gt(invitation.expiresAt, at)),
    )
    .returning();
  if (!used) throw stranger(identity);
  return await accept(tx, used, { name: identity.name, passwordHash: null, at });
}

const stranger = ({ email }: OpenIdIdentity) =>
  new ParlanceError('forbidden', `${email} has no access here. Ask an admin for an invitation.`);
