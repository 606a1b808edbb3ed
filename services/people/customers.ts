import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { type CustomerToken, ParlanceError } from '#contracts';
import type { Database, Transaction } from '../db/database.ts';
import { newId } from '../db/id.ts';
import { tenantSecret } from '../db/schema/index.ts';
import { createBuckets } from '../identity/buckets.ts';
import { createLookup } from '../identity/lookup.ts';
import { allows, defaultTenant, type Principal } from '../principal.ts';
import { isSigned, readCustomerToken, signCustomerToken } from './customer-token.ts';

/** After this a customer is a new one. */
const validSeconds = 90 * 86_400;
/** Requests a minute. */
const ratePerMinute = 60;
const secretName = 'customer-token';

/** New customers from one address that are let through at once; one more each time a part of the minute has passed. */
const arrivals = { limit: 20, fillMs: 60_000 };

export interface CustomerStore {
  /**
   * A new customer; the token is all that proves who they are. A caller with the scope `chat` makes one for its tenant.
   * Anybody else becomes one of the first tenant's, where chat is open to strangers. Throws `forbidden` where it is not,
   * and `overloaded` for too many from one network address.
   */
  create(caller: Principal, address: string): Promise<CustomerToken>;
  /** Whose token it is; null when nobody here signed it, or too long ago. A promise only when the database is asked. */
  authenticate(token: string): Principal | null | Promise<Principal | null>;
}

export interface CustomerSettings {
  /** Whether strangers may become customers. */
  open: boolean;
  /** The first signs, all are good to check; with none, each tenant's own does, which is made on first use. */
  secrets: readonly string[];
  /** Milliseconds since 1970. */
  now: () => number;
  /** Milliseconds of a clock that only moves on. */
  clock: () => number;
}

/** Customers nobody knows: they have no record, only a signed token. */
export function createCustomerStore(
  db: Database,
  { open, secrets, now, clock }: CustomerSettings,
): CustomerStore {
  const buckets = createBuckets(clock);
  const own = createLookup<readonly string[]>(readSecret, now);

  async function readSecret(tenant: string): Promise<readonly string[] | null> {
    const secret = await db.withTenant(tenant, findSecret);
    return secret === undefined ? null : [secret];
  }

  async function makeSecret(tenant: string): Promise<readonly string[]> {
    const secret = await db.withTenant(tenant, async (tx) => {
      const value = randomBytes(32).toString('base64url');
      await tx.insert(tenantSecret).values({ name: secretName, value }).onConflictDoNothing();
      return (await findSecret(tx)) ?? value;
    });
    own.forget(() => false);
    return [secret];
  }

  const secretsOf = (tenant: string) => (secrets.length > 0 ? secrets : own.get(tenant));

  /** The tenant whose customer it will be. */
  function admit(caller: Principal, address: string): string {
    const stranger = caller.tenant === '' || caller.customer !== null;
    if (!stranger) {
      if (allows(caller, 'chat')) return caller.tenant;
      throw new ParlanceError('forbidden', 'This needs the scope `chat`, of an API key or of a role.');
    }
    if (!open) throw closed();
    const { allowed, resetSeconds } = buckets.take(address, arrivals.limit, arrivals.fillMs);
    if (allowed) return caller.tenant || defaultTenant;
    const details = { retryAfter: resetSeconds };
    throw new ParlanceError('overloaded', 'Too many new customers from your network. Try again soon.', {
      details,
    });
  }

  return {
    async create(caller, address) {
      const tenant = admit(caller, address);
      const [secret = ''] = (await secretsOf(tenant)) ?? (await makeSecret(tenant));
      const customer = newId('cus');
      const issuedAt = Math.floor(now() / 1000);
      return { customerId: customer, token: signCustomerToken({ tenant, customer, issuedAt }, secret) };
    },

    authenticate(token) {
      const presented = readCustomerToken(token);
      if (!presented) return null;
      const { tenant, customer, issuedAt } = presented.claim;
      if (issuedAt + validSeconds <= now() / 1000) return null;
      const principal: Principal = {
        tenant,
        actor: `customer:${customer}`,
        scopes: ['chat'],
        ratePerMinute,
        user: null,
        customer,
      };
      const judge = (found: readonly string[] | null) =>
        found && isSigned(presented, found) ? principal : null;
      const found = secretsOf(tenant);
      return found instanceof Promise ? found.then(judge) : judge(found);
    },
  };
}

const closed = () =>
  new ParlanceError(
    'forbidden',
    'This server does not chat with strangers. PARLANCE_CUSTOMER_CHAT=on lets everybody in who can reach it.',
  );

async function findSecret(tx: Transaction): Promise<string | undefined> {
  const [row] = await tx.select().from(tenantSecret).where(eq(tenantSecret.name, secretName));
  return row?.value;
}
