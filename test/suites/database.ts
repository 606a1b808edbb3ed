import { inspect } from 'node:util';
import { eq, sql } from 'drizzle-orm';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database, Transaction } from '../../services/db/database.ts';
import { appendEvents, readEvents } from '../../services/db/events.ts';
import { earlierResult } from '../../services/db/idempotency.ts';
import {
  apiKey,
  auditEntry,
  conversation,
  eventLog,
  eventTopic,
  example,
  message,
} from '../../services/db/schema/index.ts';
import { actForCompany } from '../../services/db/tenancy.ts';
import { createKeyStore } from '../../services/identity/keys.ts';

export interface OpenedDatabase {
  db: Database;
  /** Runs one statement past row-level security. */
  asSuperuser(statement: string): Promise<Record<string, unknown>[]>;
}

const row = (id: string, text = 'x') => ({ id, task: 'sentiment' as const, title: id, text });
const event = { type: 'message-added', actor: { kind: 'system' as const, id: 's' }, data: { n: 1 } };
const keyRequest = { name: 'k', scopes: ['inference' as const], ratePerMinute: null, expiresInDays: null };

/** As the log writes it. */
const pinoError = (error: unknown) => JSON.stringify(pino.stdSerializers.err(error as Error));

/** What every `Database` does. Each test works in tenants of its own. */
export function databaseSuite(name: string, open: () => Promise<OpenedDatabase>): void {
  describe(name, () => {
    let db: Database;
    let opened: OpenedDatabase;
    beforeAll(async () => {
      opened = await open();
      db = opened.db;
    });
    afterAll(() => db?.close());

    const texts = (tenant: string) =>
      db.withTenant(tenant, async (tx) => (await tx.select().from(example)).map((each) => each.id).sort());

    /** PostgreSQL's code of the refusal, or 'done'. */
    const attempt = (tenant: string, work: (tx: Transaction) => Promise<unknown>) =>
      db.withTenant(tenant, work).then(
        () => 'done',
        (error) => error.cause?.code ?? error.code ?? String(error),
      );

    describe('tenants', () => {
      it('shows a query without a WHERE one tenant only', async () => {
        await db.withTenant('read-a', (tx) => tx.insert(example).values([row('1'), row('2')]));
        await db.withTenant('read-b', (tx) => tx.insert(example).values(row('1')));
        expect(await texts('read-a')).toEqual(['1', '2']);
        expect(await texts('read-b')).toEqual(['1']);
        expect(await texts('read-c')).toEqual([]);
      });

      it('refuses a row for another tenant', async () => {
        const insert = attempt('in-a', (tx) => tx.insert(example).values({ ...row('1'), tenantId: 'in-b' }));
        expect(await insert).toBe('42501');
        expect(await texts('in-b')).toEqual([]);
      });

      it('refuses to move a row to another tenant', async () => {
        const made = await createKeyStore(db).create({ tenant: 'move-a', actor: 'local' }, keyRequest);
        const move = attempt('move-a', (tx) => tx.update(apiKey).set({ tenantId: 'move-b' }));
        expect(await move).toBe('42501');
        expect((await createKeyStore(db).list('move-a')).map((each) => each.id)).toEqual([made.id]);
      });

      it('neither changes nor deletes rows of another tenant', async () => {
        const keys = createKeyStore(db);
        const made = await keys.create({ tenant: 'own', actor: 'local' }, keyRequest);
        await db.withTenant('own', (tx) => tx.insert(example).values(row('1')));
        const touched = await db.withTenant('other', async (tx) => [
          ...(await tx.update(apiKey).set({ revokedAt: new Date() }).returning()),
          ...(await tx.delete(example).returning()),
        ]);
        expect(touched).toEqual([]);
        expect(await texts('own')).toEqual(['1']);
        expect((await keys.list('own'))[0]).toMatchObject({ id: made.id, revokedAt: null });
      });

      it('refuses an empty tenant', async () => {
        await expect(db.withTenant('', async () => {})).rejects.toMatchObject({ code: 'internal' });
      });

      it('forgets the tenant after a commit and after a failure', async () => {
        await db.withTenant('state', (tx) => tx.insert(example).values(row('1')));
        await expect(
          db.withTenant('state', async (tx) => {
            await tx.select().from(example);
            throw new Error('on purpose');
          }),
        ).rejects.toThrow('on purpose');
        const left = await db.withKeyHash('none', (tx) => tx.select().from(example));
        expect(left).toEqual([]);
      });

      it('keeps sixty transactions at once apart', async () => {
        const tenants = Array.from({ length: 60 }, (_, index) => `many-${index}`);
        const seen = await Promise.all(
          tenants.map((tenant) =>
            db.withTenant(tenant, async (tx) => {
              await tx.insert(example).values(row(tenant));
              return (await tx.select().from(example)).map((each) => each.id);
            }),
          ),
        );
        expect(seen).toEqual(tenants.map((tenant) => [tenant]));
      });
    });

    describe('customers', () => {
      const open = (tenant: string, id: string, customerId: string) =>
        db.withTenant(tenant, async (tx) => {
          await tx.insert(conversation).values({ id, customerId, title: id, language: 'en' });
          await tx.insert(message).values({
            conversationId: id,
            id: 'm1',
            author: 'customer',
            text: id,
            state: 'complete',
            seq: 1,
          });
          const actor = { kind: 'customer' as const, id: customerId };
          await appendEvents(tx, `conversation/${id}`, [{ type: 'message-added', actor, data: {} }]);
          await appendEvents(tx, `conversation/${id}`, [{ type: 'note-added', actor, data: {} }]);
          await appendEvents(tx, 'desk', [{ type: 'message-added', actor, data: {} }]);
        });

      it('shows a customer their own conversation, without notes, and nothing else of the tenant', async () => {
        await open('shop', 'a', 'ann');
        await open('shop', 'b', 'bob');
        await db.withTenant('shop', (tx) => tx.insert(example).values(row('1')));
        const seen = await db.withCustomer({ tenant: 'shop', customer: 'ann' }, async (tx) => ({
          conversations: (await tx.select().from(conversation)).map((each) => each.id),
          messages: (await tx.select().from(message)).map((each) => each.conversationId),
          events: (await tx.select().from(eventLog)).map((each) => `${each.topic} ${each.type}`),
          topics: (await tx.select().from(eventTopic)).map((each) => each.topic),
          examples: await tx.select().from(example),
        }));
        expect(seen).toEqual({
          conversations: ['a'],
          messages: ['a'],
          events: ['conversation/a message-added'],
          topics: ['conversation/a'],
          examples: [],
        });
      });

      it('lets a customer write to no conversation of another and to no other table', async () => {
        await open('market', 'a', 'ann');
        await open('market', 'b', 'bob');
        const as = (work: (tx: Transaction) => Promise<unknown>) =>
          db.withCustomer({ tenant: 'market', customer: 'ann' }, work).then(
            (value) => value,
            (error) => error.cause?.code ?? error.code,
          );
        const line = { id: 'm2', author: 'customer' as const, text: 'x', state: 'complete' as const, seq: 2 };
        expect(await as((tx) => tx.insert(message).values({ ...line, conversationId: 'b' }))).toBe('42501');
        expect(await as((tx) => appendEvents(tx, 'conversation/b', [event]))).toBe('42501');
        expect(await as((tx) => appendEvents(tx, 'desk', [event]))).toBe('42501');
        expect(await as((tx) => tx.insert(example).values(row('1')))).toBe('42501');
        expect(await as((tx) => tx.update(conversation).set({ title: 'mine' }).returning())).toHaveLength(1);
      });

      it('acts for the company once it is told to, and the next transaction does not', async () => {
        await open('store', 'a', 'ann');
        await db.withCustomer({ tenant: 'store', customer: 'ann' }, async (tx) => {
          await actForCompany(tx);
          await appendEvents(tx, 'desk', [event]);
        });
        const later = await db.withCustomer({ tenant: 'store', customer: 'eve' }, (tx) =>
          tx.select().from(conversation),
        );
        expect(later).toEqual([]);
      });
    });

    describe('transactions', () => {
      it('rolls back what failed', async () => {
        const failing = db.withTenant('rollback', async (tx) => {
          await tx.insert(example).values(row('1'));
          throw new Error('on purpose');
        });
        await expect(failing).rejects.toThrow('on purpose');
        expect(await texts('rollback')).toEqual([]);
      });

      it('throws at once when the database itself is used inside one', async () => {
        const inside = (use: () => Promise<unknown>) => db.withTenant('nest', async () => await use());
        const refusal = { code: 'internal', message: expect.stringContaining('its own handle') };
        await expect(inside(() => db.withTenant('nest', async () => {}))).rejects.toMatchObject(refusal);
        await expect(inside(() => db.withKeyHash('h', async () => {}))).rejects.toMatchObject(refusal);
        await expect(inside(() => db.close())).rejects.toMatchObject(refusal);
      });

      it('lets what a transaction set off use the database after its end', async () => {
        let later: Promise<string[]> | undefined;
        let commit = () => {};
        const committed = new Promise<void>((resolve) => {
          commit = resolve;
        });
        await db.withTenant('after', async (tx) => {
          await tx.insert(example).values(row('1'));
          later = committed.then(() => texts('after'));
        });
        commit();
        expect(await later).toEqual(['1']);
      });
    });

    describe('errors', () => {
      it('name statement and SQLSTATE, and nothing of what was to be stored', async () => {
        const secret = { ...row('twice'), text: 'my PIN is 4711' };
        const failure = await db
          .withTenant('words', (tx) => tx.insert(example).values([secret, secret]))
          .catch((error) => error);
        const seen = inspect(failure, { depth: 10, showHidden: true }) + pinoError(failure);
        expect(seen).toContain('insert into');
        expect(seen).toContain('23505');
        expect(seen).not.toMatch(/4711|twice/);
      });

      it('of a failed lookup do not hold the hash of the key', async () => {
        const failure = await db
          .withKeyHash('c0ffee', (tx) => tx.execute(sql`select ${'c0ffee'}::integer`))
          .catch((error) => error);
        expect(inspect(failure, { depth: 10, showHidden: true })).not.toContain('c0ffee');
        expect(failure).toMatchObject({ code: '22P02' });
      });

      it('say invalid_input for a character that PostgreSQL does not store', async () => {
        const refused = { code: 'invalid_input', message: expect.stringContaining('U+0000') };
        const insert = db.withTenant('nul', (tx) => tx.insert(example).values(row('1', 'a\0b')));
        await expect(insert).rejects.toMatchObject(refused);
        const json = db.withTenant('nul', (tx) =>
          appendEvents(tx, 't', [{ ...event, data: { text: 'a\0b' } }]),
        );
        await expect(json).rejects.toMatchObject(refused);
      });
    });

    describe('tables', () => {
      it('all have a tenant, with row-level security enabled and forced', async () => {
        const tables = await opened.asSuperuser(`
          select relname, relrowsecurity, relforcerowsecurity,
            exists (select from pg_attribute where attrelid = c.oid and attname = 'tenant_id' and attnotnull) as tenant,
            exists (select from pg_policies where tablename = relname and roles = '{app_user}') as policy
          from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`);
        expect(tables.length).toBeGreaterThanOrEqual(7);
        for (const table of tables) {
          const right = { relrowsecurity: true, relforcerowsecurity: true, tenant: true, policy: true };
          expect(table).toMatchObject(right);
        }
      });

      it('have no unique key that would tell one tenant of the rows of another', async () => {
        const loose = await opened.asSuperuser(`
          select i.indexrelid::regclass::text as name from pg_index i join pg_class c on c.oid = i.indrelid
          where i.indisunique and c.relnamespace = 'public'::regnamespace and not exists (
            select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and a.attnum = any(i.indkey))`);
        expect(loose).toEqual([]);
      });

      it('grant nothing on the audit log but reading and appending', async () => {
        const line = { id: 'aud_1', actor: 'local', action: 'a.b', target: 't', detail: {} };
        await db.withTenant('audit', (tx) => tx.insert(auditEntry).values(line));
        expect(await attempt('audit', (tx) => tx.update(auditEntry).set({ actor: 'x' }))).toBe('42501');
        expect(await attempt('audit', (tx) => tx.delete(auditEntry))).toBe('42501');
        expect(await attempt('audit', (tx) => tx.execute(sql`truncate audit_entry`))).toBe('42501');
      });

      it('can hold vectors', async () => {
        const result = await db.withTenant('v', (tx) =>
          tx.execute(sql`select '[1,2]'::vector <-> '[4,6]' as d`),
        );
        expect(result).toMatchObject({ rows: [{ d: 5 }] });
      });
    });

    describe('keys', () => {
      it('find their tenant by the hash of the secret, which shows that row and nothing else', async () => {
        const keys = createKeyStore(db);
        const made = await keys.create({ tenant: 'key-a', actor: 'local' }, keyRequest);
        await keys.create({ tenant: 'key-b', actor: 'local' }, keyRequest);
        const principal = await keys.authenticate(made.secret ?? '');
        expect(principal).toMatchObject({ tenant: 'key-a', actor: `key:${made.id}` });

        const [stored] = await opened.asSuperuser(`select hash from api_key where id = '${made.id}'`);
        const hash = String(stored?.hash);
        const visible = await db.withKeyHash(hash, (tx) => tx.select().from(apiKey));
        expect(visible.map((each) => each.id)).toEqual([made.id]);
        expect(await db.withKeyHash(hash, (tx) => tx.select().from(auditEntry))).toEqual([]);
        expect(await db.withKeyHash('', (tx) => tx.select().from(apiKey))).toEqual([]);
        const changed = await db.withKeyHash(hash, (tx) =>
          tx.update(apiKey).set({ revokedAt: new Date() }).where(eq(apiKey.hash, hash)).returning(),
        );
        expect(changed).toEqual([]);
      });

      it('are made once for one Idempotency-Key, however close together the requests are', async () => {
        const keys = createKeyStore(db);
        const author = { tenant: 'idem', actor: 'local' };
        const made = await Promise.all(
          Array.from({ length: 5 }, () => keys.create(author, keyRequest, 'once')),
        );
        expect(new Set(made.map((each) => each.id)).size).toBe(1);
        expect(made.filter((each) => each.secret !== undefined)).toHaveLength(1);
        expect(await keys.list('idem')).toHaveLength(1);
        const other = keys.create(author, { ...keyRequest, name: 'other' }, 'once');
        await expect(other).rejects.toMatchObject({ code: 'conflict' });
        expect(await keys.list('idem')).toHaveLength(1);
      });

      it('forget an Idempotency-Key after a day', async () => {
        const retry = { operation: 'o', key: 'old', body: 1 };
        const again = (id: string) => db.withTenant('day', (tx) => earlierResult(tx, retry, id));
        expect([await again('first'), await again('second')]).toEqual([null, 'first']);
        await opened.asSuperuser(
          `update idempotency_key set created_at = now() - interval '25 hours' where key = 'old'`,
        );
        expect(await again('third')).toBeNull();
      });
    });

    describe('events', () => {
      it('number each topic without a gap or a double, whatever fails in between', async () => {
        const writers = Array.from({ length: 40 }, (_, index) =>
          db
            .withTenant('log', async (tx) => {
              const topic = index % 2 === 0 ? 'even' : 'odd';
              const written = await appendEvents(tx, topic, index % 3 === 0 ? [event, event] : [event]);
              if (index % 5 === 0) throw new Error('on purpose');
              return written.map((each) => `${each.topic} ${each.seq}`);
            })
            .catch(() => []),
        );
        const acknowledged = (await Promise.all(writers)).flat();
        for (const topic of ['even', 'odd']) {
          const read = await db.withTenant('log', (tx) => readEvents(tx, topic, 0, 100));
          expect(read.length).toBeGreaterThan(10);
          expect(read.map((each) => each.seq)).toEqual(read.map((_, index) => index + 1));
          const mine = acknowledged.filter((each) => each.startsWith(topic)).sort();
          expect(read.map((each) => `${topic} ${each.seq}`).sort()).toEqual(mine);
        }
      });

      it('are read from a cursor, as they were written, by their own tenant', async () => {
        await db.withTenant('cursor', (tx) =>
          appendEvents(tx, 't', [event, event, { ...event, data: null }]),
        );
        const read = (tenant: string, seq: number, limit: number) =>
          db.withTenant(tenant, (tx) => readEvents(tx, 't', seq, limit));
        expect((await read('cursor', 1, 1)).map((each) => each.seq)).toEqual([2]);
        const last = { v: 1, topic: 't', seq: 3, ...event, data: null, at: expect.stringMatching(/Z$/) };
        expect(await read('cursor', 2, 10)).toEqual([last]);
        expect(await read('stranger', 0, 10)).toEqual([]);
      });
    });
  });
}
