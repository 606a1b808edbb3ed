import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { apiKey } from '../db/schema/index.ts';
import type { Principal } from '../principal.ts';
import { createLookup } from './lookup.ts';

interface Known {
  id: string;
  principal: Principal;
  expiresAt: number;
  /** When `last_used_at` was last written from here. */
  touchedAt: number;
}

const secretShape = /^plk_[A-Za-z0-9_-]{43}$/;
const touchEveryMs = 60_000;

/** What is kept of a secret. With 256 bits of chance in it nobody guesses it, so a slow hash would guard it no better. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

export interface Authenticator {
  authenticate(secret: string): Principal | null | Promise<Principal | null>;
  /** Stops knowing the key with this id. */
  forget(id: string): void;
}

/**
 * From secret to principal. A key that was seen within ten seconds costs one hash and no query, and the answer is no
 * promise. Comparing hashes in an index takes a time that tells something about the hash of what was presented, but
 * nobody can make a secret whose hash begins as they wish, so it tells nothing about any secret.
 */
export function createAuthenticator(db: Database, now: () => number): Authenticator {
  const keys = createLookup<Known>(find, now);

  async function find(hash: string): Promise<Known | null> {
    const [row] = await db.withKeyHash(hash, (tx) =>
      tx.select().from(apiKey).where(eq(apiKey.hash, hash)).limit(1),
    );
    if (!row || row.revokedAt) return null;
    const { tenantId: tenant, id, scopes, ratePerMinute } = row;
    return {
      id,
      principal: { tenant, actor: `key:${id}`, scopes, ratePerMinute, user: null, customer: null },
      expiresAt: row.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY,
      touchedAt: row.lastUsedAt?.getTime() ?? 0,
    };
  }

  function admit(key: Known | null): Principal | null {
    if (!key || key.expiresAt <= now()) return null;
    if (now() - key.touchedAt >= touchEveryMs) touch(key);
    return key.principal;
  }

  /** In the background: when a key was last used is not worth a request's time, and not its failure either. */
  function touch(key: Known): void {
    key.touchedAt = now();
    const lastUsedAt = new Date(key.touchedAt);
    db.withTenant(key.principal.tenant, (tx) =>
      tx.update(apiKey).set({ lastUsedAt }).where(eq(apiKey.id, key.id)),
    ).catch(() => {});
  }

  return {
    authenticate(secret) {
      if (!secretShape.test(secret)) return null;
      const found = keys.get(hashSecret(secret));
      return found instanceof Promise ? found.then(admit) : admit(found);
    },
    forget: (id) => keys.forget((key) => key.id === id),
  };
}
