import { AsyncLocalStorage } from 'node:async_hooks';
import { type SQL, sql } from 'drizzle-orm';
import { ParlanceError } from '#contracts';
import type { Database, Transaction } from './database.ts';
import { withoutValues } from './database-error.ts';
import { asStorageError, refusedAsReadOnly, storageFull } from './storage-error.ts';

/** The transaction the current asynchronous call chain is inside of, while it is open. */
const current = new AsyncLocalStorage<{ open: boolean }>();
/** Transactions that are open now. */
let openCount = 0;

/** Throws `internal` inside an open transaction. What a transaction left running after its end is free again. */
export function refuseInsideTransaction(): void {
  if (current.getStore()?.open) {
    throw new ParlanceError('internal', 'A transaction is open: use its own handle, not the database.');
  }
}

/**
 * How both databases narrow a transaction: role and setting in one statement, local to the transaction. While
 * `mayWrite` says no, transactions only read and a write throws `storage_full`. Errors leave without the values of
 * their query.
 */
export function tenancy(
  database: Transaction,
  mayWrite: () => boolean = () => true,
): Pick<Database, 'withTenant' | 'withCustomer' | 'withKeyHash'> {
  async function narrowed<T>(setting: SQL, work: (tx: Transaction) => Promise<T>): Promise<T> {
    refuseInsideTransaction();
    const state = { open: true };
    openCount++;
    const readOnly = !mayWrite();
    try {
      return await current.run(state, () =>
        database.transaction(async (tx) => {
          await tx.execute(sql`select set_config('role', 'app_user', true), ${setting}`);
          if (readOnly) await tx.execute(sql`set transaction read only`);
          return await work(tx);
        }),
      );
    } catch (error) {
      const bare = withoutValues(error);
      const full = asStorageError(error) !== error || (readOnly && refusedAsReadOnly(error));
      throw full ? storageFull(bare) : bare;
    } finally {
      state.open = false;
      openCount--;
      // While it is enabled, every promise of the process pays for it, and most requests open no transaction.
      if (openCount === 0) current.disable();
    }
  }

  return {
    async withTenant(tenant, work) {
      if (!tenant) throw new ParlanceError('internal', 'A transaction needs a tenant.');
      return await narrowed(sql`set_config('app.tenant', ${tenant}, true)`, work);
    },
    async withCustomer({ tenant, customer }, work) {
      if (!tenant || !customer)
        throw new ParlanceError('internal', 'A transaction needs a tenant and a customer.');
      const settings = sql`set_config('app.tenant', ${tenant}, true), set_config('app.customer', ${customer}, true)`;
      return await narrowed(settings, work);
    },
    withKeyHash: (hash, work) => narrowed(sql`set_config('app.key_hash', ${hash}, true)`, work),
  };
}

/**
 * From here on the transaction acts for the company: it may write what the customer it was narrowed to may not see, such
 * as the desk's log. Only after the customer's own narrow view has said that the conversation is theirs.
 */
export async function actForCompany(tx: Transaction): Promise<void> {
  await tx.execute(sql`select set_config('app.customer', '', true)`);
}
