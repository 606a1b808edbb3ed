import { eq } from 'drizzle-orm';
import { type ChangePasswordRequest, ParlanceError, type SignInRequest } from '#contracts';
import type { Database } from '../db/database.ts';
import { person } from '../db/schema/index.ts';
import { recordAudit } from '../identity/audit.ts';
import { type Buckets, createBuckets } from '../identity/buckets.ts';
import type { Principal } from '../principal.ts';
import { emailHashOf } from './acceptance.ts';
import { hashPassword, isPassword } from './passwords.ts';
import type { SessionStore } from './sessions.ts';
import { findPerson, type PersonRow } from './users.ts';

/** Where a request comes from. */
export interface Device {
  /** The caller's network address, to count by. */
  address: string;
  userAgent: string;
}

/** Wrong passwords that are let through at once; one more each time a part of the ten minutes has passed. */
const attempts = { account: 10, address: 30, fillMs: 600_000 };

export interface PasswordSignIn {
  /**
   * Answers the token of a new session. Throws `unauthorized`, with the same words and after the same time whether the
   * address or the password is wrong, and `overloaded` after too many attempts on an account or from an address.
   */
  signIn(request: SignInRequest, device: Device): Promise<string>;
  /**
   * Ends every session of the caller and answers the token of a new one. Throws `forbidden` for a caller without a
   * password, `invalid_input` when the current one is wrong, and `overloaded` as above.
   */
  changePassword(caller: Principal, request: ChangePasswordRequest, device: Device): Promise<string>;
}

/** Sign-in with a password. `clock` gives milliseconds and only moves on. */
export function createPasswordSignIn(
  db: Database,
  sessions: SessionStore,
  clock: () => number,
): PasswordSignIn {
  const buckets = createBuckets(clock);

  return {
    async signIn({ email, password }, device) {
      const hash = emailHashOf(email);
      return await counted(buckets, [`account ${hash}`, `address ${device.address}`], async () => {
        // The same person may work for two tenants; which of them it is, the password says.
        const known = await db.withKeyHash(hash, (tx) =>
          tx.select().from(person).where(eq(person.emailHash, hash)),
        );
        const who = await whose(known, password);
        if (!who) throw wrong();
        const started = await db.withTenant(who.tenantId, async (tx) => {
          // What was read is a while ago: they may have been disabled, or changed it.
          const now = await findPerson(tx, who.id);
          if (now.disabledAt || now.passwordHash !== who.passwordHash) return null;
          return await sessions.start(tx, who.id, { userAgent: device.userAgent, how: 'password' });
        });
        if (!started) throw wrong();
        return started;
      });
    },

    async changePassword({ tenant, user }, { current, password }, device) {
      const id = user?.id ?? '';
      const before = await db.withTenant(tenant, (tx) => findPerson(tx, id));
      if (before.passwordHash === null) {
        throw new ParlanceError('forbidden', 'You sign in without a password, so there is none to change.');
      }
      const counters = [`account ${before.emailHash}`, `address ${device.address}`];
      return await counted(buckets, counters, async () => {
        if (!(await isPassword(current, before.passwordHash))) {
          throw ParlanceError.field('/current', 'This is not your password.');
        }
        const passwordHash = await hashPassword(password);
        const started = await db.withTenant(tenant, async (tx) => {
          await tx.update(person).set({ passwordHash }).where(eq(person.id, id));
          await sessions.endAll(tx, id);
          await recordAudit(tx, { actor: `user:${id}`, action: 'password.changed', target: id });
          return await sessions.start(tx, id, { userAgent: device.userAgent, how: 'password' });
        });
        sessions.forget(id);
        return started;
      });
    },
  };
}

/** Whose password it is of those with the address. Nobody is checked as long as somebody. */
async function whose(known: PersonRow[], password: string): Promise<PersonRow | undefined> {
  const fits: PersonRow[] = [];
  for (const each of known) if (await isPassword(password, each.passwordHash)) fits.push(each);
  if (known.length === 0) await isPassword(password, null);
  return fits.find((each) => !each.disabledAt);
}

/** Counts an attempt before it is made, so that a hundred at once are counted too, and takes back what succeeded. */
async function counted<T>(
  buckets: Buckets,
  [account = '', address = '']: string[],
  attempt: () => Promise<T>,
) {
  const verdicts = [
    buckets.take(account, attempts.account, attempts.fillMs),
    buckets.take(address, attempts.address, attempts.fillMs),
  ];
  const refused = verdicts.find((verdict) => !verdict.allowed);
  if (refused) {
    const details = { retryAfter: refused.resetSeconds };
    throw new ParlanceError('overloaded', 'Too many attempts. Wait a little before the next one.', {
      details,
    });
  }
  const answer = await attempt();
  buckets.giveBack(account);
  buckets.giveBack(address);
  return answer;
}

const wrong = () => new ParlanceError('unauthorized', 'The e-mail address or the password is wrong.');
