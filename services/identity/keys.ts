import { randomBytes } from 'node:crypto';
import { and, asc, eq, gt, isNull, or } from 'drizzle-orm';
import { type ApiKey, type CreatedKey, type CreateKeyRequest, ParlanceError } from '#contracts';
import type { Database, Transaction } from '../db/database.ts';
import { newId } from '../db/id.ts';
import { earlierResult } from '../db/idempotency.ts';
import { apiKey } from '../db/schema/index.ts';
import { defaultTenant, type Principal } from '../principal.ts';
import { recordAudit } from './audit.ts';
import { createAuthenticator, hashSecret } from './authenticator.ts';

type Row = typeof apiKey.$inferSelect;
type Author = Pick<Principal, 'tenant' | 'actor'>;

export interface KeyStore {
  /**
   * Makes a key. The secret is in the answer and nowhere else. With an `idempotencyKey` that was used for the same
   * request before, answers that key without its secret. Throws `conflict` when it was used for another request.
   */
  create(author: Author, request: CreateKeyRequest, idempotencyKey?: string): Promise<CreatedKey>;
  /** Every key of the tenant, revoked ones too, oldest first. */
  list(tenant: string): Promise<ApiKey[]>;
  /** Ends a key at once in this process and within ten seconds in others. Throws `not_found`; twice is the same as once. */
  revoke(author: Author, id: string): Promise<ApiKey>;
  /** Who the secret stands for; null when it is unknown, revoked or expired. A promise only when the database is asked. */
  authenticate(secret: string): Principal | null | Promise<Principal | null>;
  /** Whether anybody could sign in: a public address without a single key is a mistake. */
  hasActiveKey(tenant?: string): Promise<boolean>;
}

/** API keys over the database. `now` gives milliseconds since 1970. */
export function createKeyStore(db: Database, now: () => number = Date.now): KeyStore {
  const authenticator = createAuthenticator(db, now);

  return {
    async create(author, request, idempotencyKey) {
      const secret = newSecret();
      const id = newId('key');
      return await db.withTenant(author.tenant, async (tx) => {
        if (idempotencyKey !== undefined) {
          const retry = { key: idempotencyKey, operation: 'key.create', body: request };
          const earlier = await earlierResult(tx, retry, id);
          if (earlier) return asApiKey(await findKey(tx, earlier));
        }
        const days = request.expiresInDays;
        const [row] = await tx
          .insert(apiKey)
          .values({
            id,
            name: request.name,
            prefix: secret.slice(0, 12),
            hash: hashSecret(secret),
            scopes: [...new Set(request.scopes)],
            ratePerMinute: request.ratePerMinute,
            createdAt: new Date(now()),
            expiresAt: days === null ? null : new Date(now() + days * 86_400_000),
          })
          .returning();
        if (!row) throw new Error('insert returned no row');
        await recordAudit(tx, {
          actor: author.actor,
          action: 'key.created',
          target: id,
          detail: { name: row.name, scopes: row.scopes },
        });
        return { ...asApiKey(row), secret };
      });
    },

    async list(tenant) {
      const rows = await db.withTenant(tenant, (tx) => tx.select().from(apiKey).orderBy(asc(apiKey.id)));
      return rows.map(asApiKey);
    },

    async revoke(author, id) {
      const row = await db.withTenant(author.tenant, async (tx) => {
        const [revoked] = await tx
          .update(apiKey)
          .set({ revokedAt: new Date(now()) })
          .where(and(eq(apiKey.id, id), isNull(apiKey.revokedAt)))
          .returning();
        if (!revoked) return await findKey(tx, id);
        await recordAudit(tx, {
          actor: author.actor,
          action: 'key.revoked',
          target: id,
          detail: { name: revoked.name },
        });
        return revoked;
      });
      authenticator.forget(id);
      return asApiKey(row);
    },

    authenticate: authenticator.authenticate,

    async hasActiveKey(tenant = defaultTenant) {
      const active = and(
        isNull(apiKey.revokedAt),
        or(isNull(apiKey.expiresAt), gt(apiKey.expiresAt, new Date(now()))),
      );
      const rows = await db.withTenant(tenant, (tx) =>
        tx.select({ id: apiKey.id }).from(apiKey).where(active).limit(1),
      );
      return rows.length > 0;
    },
  };
}

/** 256 bits of chance, and a beginning by which secret scanners know it. */
function newSecret(): string {
  return `plk_${randomBytes(32).toString('base64url')}`;
}

async function findKey(tx: Transaction, id: string): Promise<Row> {
  const [row] = await tx.select().from(apiKey).where(eq(apiKey.id, id));
  if (!row) throw new ParlanceError('not_found', 'There is no key with this id.');
  return row;
}

function asApiKey(row: Row): ApiKey {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes,
    ratePerMinute: row.ratePerMinute,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}
