import { type PGlite, type QueryOptions, type Results, type Transaction, types } from '@electric-sql/pglite';

/**
 * Drizzle reads dates and intervals itself and wants them as text. It says so with every query, and the engine then copies the
 * parsers of all types for each; said once, when it is opened, it costs nothing.
 */
export const parsers = Object.fromEntries(
  // The last five are lists of numeric, timestamp, timestamptz, interval and date.
  [types.TIMESTAMP, types.TIMESTAMPTZ, types.INTERVAL, types.DATE, 1231, 1115, 1185, 1187, 1182].map(
    (type) => [type, (value: string) => value],
  ),
);

/** Plans kept; about 50 kB each in the engine. */
const maxPlans = 200;
/** Texts remembered as seen once. */
const maxSeen = 1_000;

/** What drizzle asks of a client: queries by themselves and in a transaction. */
type Queryable = Pick<PGlite, 'query' | 'transaction'>;
type Parameter = string | number | bigint | boolean | null;

/**
 * The embedded database, planning each text of a query once instead of every time. Asked the usual way it parses, analyses and
 * plans anew, which for our small statements under row-level security takes more than running them, and is asked in five
 * messages. From the second time on a text is prepared under a name and run by `EXECUTE` with its parameters as
 * literals. There is one connection, so its plans are everybody's; the engine itself plans again when the role, a table or a
 * policy has changed. Not for migrations.
 */
export function keepPlans(client: PGlite): Queryable {
  const names = new Map<string, string>();
  const seen = new Set<string>();
  let count = 0;

  /** The name of a text's plan; undefined for one that comes for the first time. */
  async function planOf(tx: Transaction, text: string): Promise<string | undefined> {
    const known = names.get(text);
    if (known !== undefined) {
      // The latest used is the last to go.
      names.delete(text);
      names.set(text, known);
      return known;
    }
    if (!seen.delete(text)) {
      seen.add(text);
      if (seen.size > maxSeen) seen.delete(first(seen));
      return undefined;
    }
    const name = `plan_${count++}`;
    await tx.exec(`prepare ${name} as ${text}`);
    names.set(text, name);
    if (names.size > maxPlans) {
      const oldest = first(names.keys());
      const gone = names.get(oldest);
      names.delete(oldest);
      await tx.exec(`deallocate ${gone}`);
    }
    return name;
  }

  async function run<T>(
    tx: Transaction,
    text: string,
    parameters: unknown[] = [],
    options?: QueryOptions,
  ): Promise<Results<T>> {
    const rowMode = options?.rowMode;
    const name = isPlannable(text) && parameters.every(isLiteral) ? await planOf(tx, text) : undefined;
    if (name === undefined) return await tx.query<T>(text, parameters, { rowMode });
    const literals = (parameters as Parameter[]).map(literal).join(', ');
    const results = await tx.exec(`execute ${name}${literals && `(${literals})`}`, { rowMode });
    return results[0] as Results<T>;
  }

  return {
    query: (text, parameters, options) => client.query(text, parameters, options),
    transaction: (work) =>
      client.transaction((tx) =>
        work(
          new Proxy(tx, {
            get: (target, property) =>
              property === 'query'
                ? (text: string, parameters?: unknown[], options?: QueryOptions) =>
                    run(target, text, parameters, options)
                : Reflect.get(target, property),
          }),
        ),
      ),
  };
}

const isPlannable = (text: string) => /^\s*(select|insert|update|delete|with)\b/i.test(text);

/** U+0000 would end the message in the middle; a list is left to whoever knows its type. */
function isLiteral(value: unknown): value is Parameter {
  if (typeof value === 'string') return !value.includes('\0');
  return value === null || ['number', 'bigint', 'boolean'].includes(typeof value);
}

/** A literal without a type of its own: it gets the parameter's. Backslashes mean themselves. */
function literal(value: Parameter): string {
  return value === null ? 'null' : `'${String(value).replaceAll("'", "''")}'`;
}

const first = <T>(values: Iterable<T>): T => values[Symbol.iterator]().next().value as T;
