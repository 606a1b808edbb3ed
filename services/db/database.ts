import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type * as schema from './schema/index.ts';

/** Queries inside one open transaction. The only handle through which anything reads or writes. */
export type Transaction = PgDatabase<PgQueryResultHKT, typeof schema>;

/**
 * The database, embedded or a server. There is no way to query it outside a transaction that has said for whom.
 *
 * A transaction contains SQL only, through its `tx`: asking the database itself for another one meanwhile throws
 * `internal`, because on the embedded database's single connection it would wait for itself for ever.
 */
export interface Database {
  readonly kind: 'pglite' | 'postgres';

  /** The server's version, such as `18.4`. */
  version(): string;

  /**
   * Runs `work` in a transaction that sees and writes one tenant's rows only. Commits when the promise resolves,
   * rolls back when it rejects. Throws `storage_full` when there is no room to write and `invalid_input` for a text with
   * U+0000; any other error of the database names SQLSTATE and statement, never the values.
   */
  withTenant<T>(tenant: string, work: (tx: Transaction) => Promise<T>): Promise<T>;

  /**
   * As `withTenant`, but of what belongs to conversations it sees and writes one customer's only, without the notes of
   * agents, and of everything else nothing. See `actForCompany`.
   */
  withCustomer<T>(
    who: { tenant: string; customer: string },
    work: (tx: Transaction) => Promise<T>,
  ): Promise<T>;

  /**
   * Runs `work` in a transaction that has no tenant yet and sees one thing only: what carries this hash. That is an API
   * key, a session, an invitation, or whoever has the e-mail address. It is how a credential finds its tenant.
   */
  withKeyHash<T>(hash: string, work: (tx: Transaction) => Promise<T>): Promise<T>;

  /** The embedded database's files as one tar, as of now; null for a server, whose own tools back it up. */
  snapshot(): Promise<Blob | null>;

  /** Waits for open transactions and lets go of files, connections and the folder lock. */
  close(): Promise<void>;
}
