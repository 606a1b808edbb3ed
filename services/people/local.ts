import { userInfo } from 'node:os';
import { eq } from 'drizzle-orm';
import { ParlanceError, scopes } from '#contracts';
import type { Database, Transaction } from '../db/database.ts';
import { person } from '../db/schema/index.ts';
import { recordAudit } from '../identity/audit.ts';
import { createLookup } from '../identity/lookup.ts';
import { defaultTenant, localUserId, type Principal } from '../principal.ts';

/** Whoever sits at this machine. */
export interface LocalPerson {
  /** They get a record on first use. A promise only until that is there. */
  get(): Principal | Promise<Principal>;
  /** Their record has changed. */
  forget(): void;
}

/** The person at an open loopback port, over the database. */
export function createLocalPerson(db: Database, now: () => number): LocalPerson {
  // Once recorded they are known for good: no request waits for the database to learn who asks.
  let recorded: Principal | undefined;
  const recording = createLookup<Principal>(async () => {
    const name = await recordLocal(db);
    const found = principalOf(name ?? nameOfSystemUser());
    if (name !== null) recorded = found;
    return found;
  }, now);

  return {
    // The lookup never finds nobody.
    get: () => recorded ?? (recording.get(localUserId) as Principal | Promise<Principal>),
    forget() {
      recorded = undefined;
      recording.forget(() => true);
    },
  };
}

/** Who is at this machine has every right there whatever their record says: it is kept for its name. */
function principalOf(name: string): Principal {
  const user = { id: localUserId, name };
  return { tenant: defaultTenant, actor: 'local', scopes, ratePerMinute: null, user, customer: null };
}

/** Their name as it is kept, from now on if need be; null while there is no room to write. */
async function recordLocal(db: Database): Promise<string | null> {
  try {
    return await db.withTenant(defaultTenant, localName);
  } catch (error) {
    if (error instanceof ParlanceError && error.code === 'storage_full') return null;
    throw error;
  }
}

async function localName(tx: Transaction): Promise<string> {
  const [known] = await tx.select().from(person).where(eq(person.id, localUserId));
  if (!known) return await insertLocal(tx);
  if (known.disabledAt) {
    await tx.update(person).set({ disabledAt: null }).where(eq(person.id, localUserId));
    await recordAudit(tx, { actor: 'local', action: 'user.enabled', target: localUserId });
  }
  return known.name;
}

/** Another process of this machine may have been as quick, and calls them the same. */
async function insertLocal(tx: Transaction): Promise<string> {
  const made = { id: localUserId, name: nameOfSystemUser(), roles: ['admin' as const] };
  const [row] = await tx.insert(person).values(made).onConflictDoNothing().returning();
  if (row) await recordAudit(tx, { actor: 'local', action: 'user.created', target: localUserId });
  return made.name;
}

/** What the machine calls its user; an account of the system itself is nobody's name. */
function nameOfSystemUser(): string {
  try {
    const { username } = userInfo();
    return /^(root|node|nobody|app|parlance|admin|administrator|user)?$/i.test(username) ? 'You' : username;
  } catch {
    return 'You';
  }
}
