import { and, eq, isNull } from 'drizzle-orm';
import { ParlanceError } from '#contracts';
import type { Transaction } from '../db/database.ts';
import { newId } from '../db/id.ts';
import { type invitation, person } from '../db/schema/index.ts';
import { recordAudit } from '../identity/audit.ts';
import { hashSecret } from '../identity/authenticator.ts';
import { existingTeams } from './teams.ts';

/** What is kept to find somebody by who has no tenant yet. The address is in lower case. */
export const emailHashOf = (email: string) => hashSecret(email);

/** What the holder of an invitation brings. Without a password they sign in with their provider. */
export interface Joining {
  name: string | undefined;
  passwordHash: string | null;
  at: Date;
}

/**
 * Makes the invited person a user, or gives the one it belongs to their new password; answers who it is. Runs in the
 * transaction that used the invitation up. Throws `conflict` when somebody with the address has joined meanwhile, and
 * `not_found` when who was to reset has been disabled.
 */
export function accept(
  tx: Transaction,
  used: typeof invitation.$inferSelect,
  joining: Joining,
): Promise<string> {
  return used.personId === null ? join(tx, used, joining) : reset(tx, used.personId, joining);
}

async function join(
  tx: Transaction,
  used: typeof invitation.$inferSelect,
  { name, passwordHash, at }: Joining,
): Promise<string> {
  const { email, roles } = used;
  const id = newId('usr');
  const [row] = await tx
    .insert(person)
    .values({
      id,
      name: name ?? nameFrom(email),
      email,
      emailHash: emailHashOf(email),
      passwordHash,
      roles,
      // A team may have been removed since.
      teamIds: await existingTeams(tx, used.teamIds),
      createdAt: at,
    })
    .onConflictDoNothing()
    .returning();
  if (!row) {
    throw new ParlanceError('conflict', 'Somebody with this e-mail address is here already: sign in.');
  }
  await recordAudit(tx, {
    actor: `user:${id}`,
    action: 'user.created',
    target: id,
    detail: { email, roles, invitation: used.id },
  });
  return id;
}

async function reset(tx: Transaction, id: string, { passwordHash }: Joining): Promise<string> {
  const [row] = await tx
    .update(person)
    .set({ passwordHash })
    .where(and(eq(person.id, id), isNull(person.disabledAt)))
    .returning();
  if (!row) throw new ParlanceError('not_found', 'This invitation is for somebody who was disabled.');
  await recordAudit(tx, { actor: `user:${id}`, action: 'password.reset', target: id });
  return id;
}

const nameFrom = (email: string) => email.slice(0, email.indexOf('@'));
