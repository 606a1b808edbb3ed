import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openMemoryDatabase } from './memory.ts';
import type { PgliteDatabase } from './pglite.ts';
import { example } from './schema/index.ts';

let db: PgliteDatabase;
beforeAll(async () => {
  db = await openMemoryDatabase();
});
afterAll(() => db?.close());

const plans = async () =>
  (await db.client.query<{ statement: string }>('select statement from pg_prepared_statements')).rows.map(
    ({ statement }) => statement,
  );
const add = (id: string, text: string) =>
  db.withTenant('t', (tx) => tx.insert(example).values({ id, task: 'sentiment', title: 't', text }));

/** Everything a literal could get wrong. */
const texts = [
  "it's",
  "''",
  String.raw`a\b\\c\'`,
  '$1 $$ :x %s',
  "'); drop table example; --",
  'line\nline\r\n\ttab',
  '👍 ñ \u202e',
  '',
  'null',
];

it('stores and finds any text as it was given, asked for the first time or with a plan', async () => {
  for (const [at, text] of texts.entries()) await add(`e${at}`, text);
  const ids = Object.fromEntries(texts.map((text, at) => [text, `e${at}`]));
  for (const text of texts) {
    const found = (await db.withTenant('t', (tx) =>
      tx.execute(sql`select id, text, created_at from example where text = ${text}`),
    )) as { rows: object[] };
    expect(found.rows).toMatchObject([{ id: ids[text], text }]);
  }
  expect((await plans()).filter((each) => each.includes('insert into "example"'))).toHaveLength(1);
});

it('keeps every kind of value what it is', async () => {
  const values = { text: "o'", whole: 7, part: 0.25, yes: true, nothing: null };
  for (const _ of [1, 2, 3]) {
    const { rows } = (await db.withTenant('t', (tx) =>
      tx.execute(sql`select ${values.text}::text as text, ${values.whole}::int as whole, ${values.part}::float8 as part,
        ${values.yes}::boolean as yes, ${values.nothing}::text as nothing, ${JSON.stringify(values)}::jsonb as all`),
    )) as unknown as { rows: object[] };
    expect(rows).toEqual([{ ...values, all: values }]);
  }
  const [row] = await db.withTenant('t', (tx) => tx.select().from(example).limit(1));
  expect(row?.createdAt).toBeInstanceOf(Date);
});

it('plans for nobody else: a plan of one tenant shows another nothing', async () => {
  const read = (tenant: string) => db.withTenant(tenant, (tx) => tx.select().from(example));
  for (const _ of [1, 2, 3]) expect((await read('t')).length).toBeGreaterThan(0);
  expect(await read('other')).toEqual([]);
  expect((await read('t')).length).toBeGreaterThan(0);
});

it('survives a failed and a rolled back transaction', async () => {
  const twice = () => add('same', 'x');
  await twice();
  for (const _ of [1, 2, 3]) await expect(twice()).rejects.toMatchObject({ code: '23505' });
  const wrong = () =>
    db.withTenant('t', (tx) => tx.execute(sql`select nothing from example where id = ${'x'}`));
  for (const _ of [1, 2, 3]) await expect(wrong()).rejects.toMatchObject({ code: '42703' });
  const undone = db.withTenant('t', async (tx) => {
    await tx.execute(sql`select 1 as undone, ${'x'}::text as x`);
    await tx.execute(sql`select 1 as undone, ${'x'}::text as x`);
    throw new Error('on purpose');
  });
  await expect(undone).rejects.toThrow('on purpose');
  const { rows } = (await db.withTenant('t', (tx) =>
    tx.execute(sql`select 1 as undone, ${'y'}::text as x`),
  )) as unknown as { rows: object[] };
  expect(rows).toEqual([{ undone: 1, x: 'y' }]);
});

it('lets go of what is not asked for', async () => {
  for (let at = 0; at < 300; at++) {
    for (const _ of [1, 2]) await db.withTenant('t', (tx) => tx.execute(sql.raw(`select ${at} as number`)));
  }
  expect((await plans()).length).toBeLessThanOrEqual(200);
});
