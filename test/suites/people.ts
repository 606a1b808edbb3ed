import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '#contracts';
import type { Database, Transaction } from '../../services/db/database.ts';
import { invitation, person, personSession, team, tenantSecret } from '../../services/db/schema/index.ts';
import { hashSecret } from '../../services/identity/authenticator.ts';
import { createPeople } from '../../services/people/index.ts';
import { defaultTenant, type Principal } from '../../services/principal.ts';

const tables = { invitation, person, personSession, team, tenantSecret };
const settings = { openId: null, customerChat: false, customerSecrets: [] };
const password = 'a long enough password';
const device = { address: 'a', userAgent: 'Test' };

/** What people need of a database: that it finds them by what they present, keeps tenants apart, and lets one of two win. */
export function peopleSuite(name: string, open: () => Promise<Database>): void {
  describe(name, () => {
    let db: Database;
    beforeAll(async () => {
      db = await open();
    });
    afterAll(() => db?.close());

    /** As another process has it: nothing is known in memory. */
    const process = () => createPeople(db, settings);
    const shell = (tenant: string) => ({ tenant, actor: 'command-line', user: null });
    const invite = (tenant: string, email: string, roles: Role[] = ['agent']) =>
      process().invitations.create(shell(tenant), { email, roles, teamIds: [] });

    async function join(tenant: string, email: string, roles?: Role[]) {
      const { token = '' } = await invite(tenant, email, roles);
      const session = await process().invitations.accept(token, { name: email, password }, device);
      const principal = (await process().sessions.authenticate(session)) as Principal;
      return { session, principal, id: principal.user?.id ?? '' };
    }

    /** The rows of each table that a transaction sees. */
    async function counts(tx: Transaction) {
      const seen: Record<string, number> = {};
      for (const [each, table] of Object.entries(tables)) seen[each] = (await tx.select().from(table)).length;
      return seen;
    }
    const nothing = { invitation: 0, person: 0, personSession: 0, team: 0, tenantSecret: 0 };

    /** One row or more of everything. */
    async function fill(tenant: string) {
      const ann = await join(tenant, `ann@${tenant}.example`);
      const { token = '' } = await invite(tenant, `bob@${tenant}.example`);
      await process().teams.create(shell(tenant), { name: 'Team' });
      await process().customers.create({ ...ann.principal, user: null }, 'a');
      return { ...ann, token };
    }

    it('finds one row by the hash of what is presented, and shows nothing else of anybody', async () => {
      const [mine] = [await fill('by-a'), await fill('by-b')];
      const seen = (hash: string) => db.withKeyHash(hash, counts);
      expect(await seen(hashSecret(mine.session))).toEqual({ ...nothing, personSession: 1 });
      expect(await seen(hashSecret(mine.token))).toEqual({ ...nothing, invitation: 1 });
      expect(await seen(hashSecret('ann@by-a.example'))).toEqual({ ...nothing, person: 1 });
      for (const hash of ['', hashSecret('nobody')]) expect(await seen(hash)).toEqual(nothing);
      const changed = await db.withKeyHash(hashSecret(mine.session), (tx) =>
        tx.delete(personSession).returning(),
      );
      expect(changed).toEqual([]);
      expect(await process().sessions.authenticate(mine.session)).not.toBeNull();
    });

    it('keeps tenants apart in every table, and shows a customer none', async () => {
      await fill('apart');
      expect(await db.withTenant('apart', counts)).toEqual({
        invitation: 1,
        person: 1,
        personSession: 1,
        team: 1,
        tenantSecret: 1,
      });
      expect(await db.withTenant('nobody', counts)).toEqual(nothing);
      expect(await db.withCustomer({ tenant: 'apart', customer: 'c' }, counts)).toEqual(nothing);
    });

    it('lets nobody be removed, no sign-in become somebody else’s and no secret change', async () => {
      await fill('grants');
      const attempt = (work: (tx: Transaction) => Promise<unknown>) =>
        db.withTenant('grants', work).then(
          () => 'done',
          (error) => error.code,
        );
      expect(await attempt((tx) => tx.delete(person))).toBe('42501');
      expect(await attempt((tx) => tx.update(person).set({ email: 'eve@x.example' }))).toBe('42501');
      expect(await attempt((tx) => tx.update(personSession).set({ personId: 'eve' }))).toBe('42501');
      expect(await attempt((tx) => tx.update(invitation).set({ roles: ['admin'] }))).toBe('42501');
      expect(await attempt((tx) => tx.update(tenantSecret).set({ value: 'x' }))).toBe('42501');
      expect(await attempt((tx) => tx.execute(sql`truncate person_session`))).toBe('42501');
    });

    it('leaves one admin of two who demote each other at once', async () => {
      const [ann, bob] = [
        await join('duel', 'ann@duel.example', ['admin']),
        await join('duel', 'bob@duel.example', ['admin']),
      ];
      const demote = (by: Principal, id: string) => process().users.change(by, id, { roles: ['agent'] });
      for (let round = 0; round < 10; round++) {
        await Promise.allSettled([demote(ann.principal, bob.id), demote(bob.principal, ann.id)]);
        const admins = (await process().users.list('duel')).filter((each) => each.roles.includes('admin'));
        expect(admins).toHaveLength(1);
        for (const { id } of [ann, bob])
          await process().users.change(shell('duel'), id, { roles: ['admin'] });
      }
    });

    it('lets one of five use an invitation that they all hold', async () => {
      const { token = '' } = await invite('once', 'ann@once.example');
      const all = Array.from({ length: 5 }, () =>
        process()
          .invitations.accept(token, { name: 'Ann', password }, device)
          .catch((error) => error.code),
      );
      const answers = await Promise.all(all);
      expect(answers.filter((each) => each === 'not_found')).toHaveLength(4);
      expect(await process().users.list('once')).toHaveLength(1);
    });

    it('makes the person at this machine, and a tenant’s secret, once in two processes at once', async () => {
      const [one, two] = [process(), process()];
      const locals = await Promise.all([one.users.local(), two.users.local()]);
      expect(locals[0]).toEqual(locals[1]);
      expect(await one.users.list(defaultTenant)).toHaveLength(1);
      const key: Principal = { ...locals[0], tenant: 'twice', actor: 'key:k', user: null };
      const [first, second] = await Promise.all([
        one.customers.create(key, 'a'),
        two.customers.create(key, 'a'),
      ]);
      expect(await two.customers.authenticate(first.token)).not.toBeNull();
      expect(await one.customers.authenticate(second.token)).not.toBeNull();
    });

    it('hears within ten seconds in one process of what happened in another', async () => {
      let time = Date.now();
      const other = createPeople(db, settings, () => time);
      const ann = await join('heard', 'ann@heard.example');
      expect(await other.sessions.authenticate(ann.session)).not.toBeNull();
      await process().users.change(shell('heard'), ann.id, { disabled: true });
      time += 10_000;
      expect(await other.sessions.authenticate(ann.session)).toBeNull();
    });
  });
}
