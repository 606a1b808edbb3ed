import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CreatedInvitation, type InviteRequest, type Role, scopes } from '#contracts';
import type { Database } from '../db/database.ts';
import { openMemoryDatabase } from '../db/memory.ts';
import { conversation, invitation, person, personSession } from '../db/schema/index.ts';
import { createAuditLog } from '../identity/audit.ts';
import { defaultTenant, type Principal } from '../principal.ts';
import { createPeople, type People } from './index.ts';

const dayMs = 86_400_000;
const device = { address: '192.0.2.1', userAgent: 'Test' };
const password = 'a long enough password';
const settings = { openId: null, customerChat: false, customerSecrets: [] };

let db: Database;
let people: People;
let time = Date.parse('2026-01-01T00:00:00Z');
beforeAll(async () => {
  db = await openMemoryDatabase();
  people = createPeople(db, settings, () => time);
});
afterAll(() => db?.close());

const shell = (tenant: string) => ({ tenant, actor: 'command-line', user: null });
const invite = (tenant: string, email: string, changes: Partial<InviteRequest> = {}) =>
  people.invitations.create(shell(tenant), { email, roles: ['agent'], teamIds: [], ...changes });
const accept = ({ token = '' }: CreatedInvitation, name = 'Ann', secret = password) =>
  people.invitations.accept(token, { name, password: secret }, device);
const signIn = (email: string, secret = password, address = device.address) =>
  people.passwords.signIn({ email, password: secret }, { ...device, address });

/** Somebody who was invited and has accepted. */
async function join(tenant: string, email: string, ...roles: Role[]) {
  const token = await accept(await invite(tenant, email, { roles }));
  const principal = (await people.sessions.authenticate(token)) as Principal;
  return { token, principal, id: principal.user?.id ?? '' };
}

async function actions(tenant: string) {
  const { entries } = await createAuditLog(db).page(tenant, { limit: 50 });
  return entries.map((each) => `${each.actor} ${each.action}`).reverse();
}

describe('an invitation', () => {
  it('makes a user who is signed in, once, and leaves no secret behind', async () => {
    const made = await invite('inv', 'ann@inv.example', { roles: ['agent', 'reviewer'] });
    expect(await people.invitations.offer(made.token ?? '')).toMatchObject({
      kind: 'join',
      email: made.email,
    });
    const token = await accept(made);
    const principal = await people.sessions.authenticate(token);
    expect(principal).toMatchObject({
      tenant: 'inv',
      actor: expect.stringMatching(/^user:usr_/),
      scopes: ['inference', 'chat', 'agent', 'review'],
      user: { name: 'Ann' },
      customer: null,
    });
    await expect(accept(made)).rejects.toMatchObject({ code: 'not_found' });
    await expect(people.invitations.offer(made.token ?? '')).rejects.toMatchObject({ code: 'not_found' });
    const kept = await db.withTenant('inv', async (tx) => [
      await tx.select().from(invitation),
      await tx.select().from(person),
      await tx.select().from(personSession),
    ]);
    const log = await createAuditLog(db).page('inv', { limit: 50 });
    const text = JSON.stringify([kept, log]);
    for (const secret of [password, token, made.token ?? '', token.slice(8)])
      expect(text).not.toContain(secret);
    expect(await actions('inv')).toEqual([
      'command-line invitation.created',
      `${principal?.actor} user.created`,
      `${principal?.actor} session.started`,
    ]);
  });

  it('lasts seven days', async () => {
    const made = await invite('inv-age', 'ann@age.example');
    time += 7 * dayMs - 1;
    expect(await people.invitations.list('inv-age')).toHaveLength(1);
    expect(await people.invitations.offer(made.token ?? '')).toBeDefined();
    time += 1;
    expect(await people.invitations.list('inv-age')).toEqual([]);
    await expect(people.invitations.offer(made.token ?? '')).rejects.toMatchObject({ code: 'not_found' });
    await expect(accept(made)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is worth nothing once another was sent there, or it was withdrawn', async () => {
    const first = await invite('inv-two', 'ann@two.example');
    const second = await invite('inv-two', 'ann@two.example', { roles: ['trainer'] });
    await expect(accept(first)).rejects.toMatchObject({ code: 'not_found' });
    expect(await people.invitations.list('inv-two')).toMatchObject([{ id: second.id, roles: ['trainer'] }]);
    await people.invitations.withdraw(shell('inv-two'), second.id);
    await expect(accept(second)).rejects.toMatchObject({ code: 'not_found' });
    await expect(people.invitations.withdraw(shell('inv-two'), second.id)).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('is made once for one Idempotency-Key and shows its token once', async () => {
    const request: InviteRequest = { email: 'ann@once.example', roles: ['agent'], teamIds: [] };
    const again = () => people.invitations.create(shell('inv-once'), request, 'key');
    const [first, second] = [await again(), await again()];
    expect(second).toEqual({ ...first, token: undefined });
    expect(await accept(first)).toMatch(/^pls_/);
  });

  it('needs a name, an address nobody has yet, and teams that exist', async () => {
    await join('inv-bad', 'ann@bad.example', 'agent');
    await expect(invite('inv-bad', 'ann@bad.example')).rejects.toMatchObject({
      code: 'conflict',
      details: { errors: [{ pointer: '/email' }] },
    });
    await expect(invite('inv-bad', 'bob@bad.example', { teamIds: ['nope'] })).rejects.toMatchObject({
      details: { errors: [{ pointer: '/teamIds/0' }] },
    });
    const { token = '' } = await invite('inv-bad', 'bob@bad.example');
    await expect(people.invitations.accept(token, { password }, device)).rejects.toMatchObject({
      details: { errors: [{ pointer: '/name' }] },
    });
  });
});

describe('a session', () => {
  it('ends when it was not used for seven days, and 30 days after it began however busy', async () => {
    const idle = await join('ses-age', 'idle@age.example', 'agent');
    const late = await join('ses-age', 'late@age.example', 'agent');
    const busy = await join('ses-age', 'busy@age.example', 'agent');
    const at = (token: string) => people.sessions.authenticate(token);
    for (let day = 0; day < 6; day++) {
      time += dayMs;
      expect(await at(busy.token)).not.toBeNull();
    }
    time += dayMs - 1;
    expect(await at(late.token)).not.toBeNull();
    time += 1;
    expect(await at(idle.token)).toBeNull();
    expect(await at(late.token)).not.toBeNull();
    for (let day = 7; day < 30; day++) {
      expect(await at(busy.token)).not.toBeNull();
      time += dayMs;
    }
    expect(await at(busy.token)).toBeNull();
    expect(await people.sessions.list(busy.principal, busy.token)).toEqual([]);
  });

  it('is listed to its owner, and ended by nobody else', async () => {
    const ann = await join('ses-own', 'ann@own.example', 'agent');
    const bob = await join('ses-own', 'bob@own.example', 'agent');
    const other = await signIn('ann@own.example');
    const listed = await people.sessions.list(ann.principal, ann.token);
    expect(listed.map((each) => each.current).sort()).toEqual([false, true]);
    const second = listed.find((each) => !each.current)?.id ?? '';
    await expect(people.sessions.end(bob.principal, second)).rejects.toMatchObject({ code: 'not_found' });
    expect(await people.sessions.authenticate(other)).not.toBeNull();
    await people.sessions.end(ann.principal, second);
    expect(await people.sessions.authenticate(other)).toBeNull();
    await people.sessions.signOut(ann.token);
    await people.sessions.signOut(ann.token);
    await people.sessions.signOut('pls_nothing');
    expect(await people.sessions.authenticate(ann.token)).toBeNull();
    expect(await people.sessions.authenticate(bob.token)).not.toBeNull();
  });

  it('is not anything else', async () => {
    const { token } = await join('ses-shape', 'ann@shape.example', 'agent');
    const flipped = token.slice(0, -2) + (token.at(-2) === 'A' ? 'B' : 'A') + token.slice(-1);
    for (const wrong of ['', 'pls_', token.slice(4), flipped, token.replace('pls', 'pli')]) {
      expect(await people.sessions.authenticate(wrong)).toBeNull();
    }
  });
});

describe('a password', () => {
  it('signs in whoever has it, in the tenant where it is theirs', async () => {
    const ann = await join('pw-a', 'ann@both.example', 'agent');
    await accept(await invite('pw-b', 'ann@both.example'), 'Ann B', 'quite another password');
    const into = async (secret: string) =>
      (await people.sessions.authenticate(await signIn('ann@both.example', secret)))?.tenant;
    expect([await into(password), await into('quite another password')]).toEqual(['pw-a', 'pw-b']);
    expect(ann.principal.tenant).toBe('pw-a');
  });

  it('is refused in the same words whether address, password or both are wrong, or they are disabled', async () => {
    const { id } = await join('pw-no', 'ann@no.example', 'agent');
    const words = async (email: string, secret: string) =>
      signIn(email, secret).catch((error) => [error.code, error.message]);
    const refusals = [await words('ann@no.example', 'wrong'), await words('eve@no.example', password)];
    await people.users.change(shell('pw-no'), id, { disabled: true });
    refusals.push(await words('ann@no.example', password));
    expect(new Set(refusals.map(String)).size).toBe(1);
    expect(refusals[0]?.[0]).toBe('unauthorized');
  });

  it('can be tried ten times on an account, known or not, and what succeeds is not counted', async () => {
    await join('pw-many', 'ann@many.example', 'agent');
    for (const email of ['ann@many.example', 'eve@many.example']) {
      const codes: string[] = [];
      for (let n = 0; n < 11; n++) {
        const from = `198.51.100.${n}`;
        codes.push(await signIn(email, 'wrong', from).catch((error) => error.code));
      }
      expect(codes).toEqual([...Array(10).fill('unauthorized'), 'overloaded']);
    }
    await expect(signIn('ann@many.example', password)).rejects.toMatchObject({
      code: 'overloaded',
      details: { retryAfter: expect.any(Number) },
    });
    await join('pw-many', 'bob@many.example', 'agent');
    for (let n = 0; n < 12; n++) await signIn('bob@many.example');
  });

  it('can be tried thirty times from an address', async () => {
    const codes: string[] = [];
    for (let n = 0; n < 31; n++) {
      codes.push(await signIn(`eve${n}@x.example`, 'wrong', '203.0.113.9').catch((error) => error.code));
    }
    expect(codes).toEqual([...Array(30).fill('unauthorized'), 'overloaded']);
  });

  it('is changed by who knows it, which ends every session and begins one', async () => {
    const ann = await join('pw-new', 'ann@new.example', 'agent');
    const elsewhere = await signIn('ann@new.example');
    const change = (current: string) =>
      people.passwords.changePassword(ann.principal, { current, password: 'the next password' }, device);
    await expect(change('wrong')).rejects.toMatchObject({ details: { errors: [{ pointer: '/current' }] } });
    const token = await change(password);
    expect(await people.sessions.authenticate(token)).toMatchObject({ user: { id: ann.id } });
    for (const over of [ann.token, elsewhere]) expect(await people.sessions.authenticate(over)).toBeNull();
    await expect(signIn('ann@new.example', password)).rejects.toMatchObject({ code: 'unauthorized' });
    expect(await signIn('ann@new.example', 'the next password')).toMatch(/^pls_/);
    expect(await actions('pw-new')).toContain(`user:${ann.id} password.changed`);
  });

  it('is reset by a link that an admin offers, which ends every session', async () => {
    const ann = await join('pw-reset', 'ann@reset.example', 'agent');
    const link = await people.invitations.reset(shell('pw-reset'), ann.id);
    expect(link).toMatchObject({ kind: 'reset', email: 'ann@reset.example' });
    expect(await people.sessions.authenticate(ann.token)).not.toBeNull();
    const token = await people.invitations.accept(
      link.token ?? '',
      { password: 'the next password' },
      device,
    );
    expect(await people.sessions.authenticate(token)).toMatchObject({ user: { id: ann.id, name: 'Ann' } });
    expect(await people.sessions.authenticate(ann.token)).toBeNull();
    expect(await signIn('ann@reset.example', 'the next password')).toMatch(/^pls_/);

    const late = await people.invitations.reset(shell('pw-reset'), ann.id);
    await people.users.change(shell('pw-reset'), ann.id, { disabled: true });
    await expect(accept(late)).rejects.toMatchObject({ code: 'not_found' });
    await expect(people.invitations.reset(shell('pw-reset'), ann.id)).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});

describe('a user', () => {
  it('has the scopes of their roles, from the moment these change', async () => {
    const ann = await join('user', 'ann@user.example', 'agent');
    const changed = await people.users.change(shell('user'), ann.id, {
      name: 'Anna',
      roles: ['admin', 'admin'],
    });
    expect(changed).toMatchObject({ name: 'Anna', roles: ['admin'] });
    expect(await people.sessions.authenticate(ann.token)).toMatchObject({
      scopes: ['admin'],
      user: { name: 'Anna' },
    });
    const { entries } = await createAuditLog(db).page('user', { limit: 1 });
    expect(entries[0]).toMatchObject({
      action: 'user.changed',
      target: ann.id,
      detail: { name: { from: 'Ann', to: 'Anna' }, roles: { from: ['agent'], to: ['admin'] } },
    });
    await people.users.change(shell('user'), ann.id, { name: 'Anna' });
    expect((await createAuditLog(db).page('user', { limit: 1 })).entries).toEqual(entries);
  });

  it('who is disabled is out at once, everywhere, and comes back only by signing in', async () => {
    const ann = await join('user-off', 'ann@off.example', 'agent');
    const off = await people.users.change(shell('user-off'), ann.id, { disabled: true });
    expect(off.disabledAt).toBe(new Date(time).toISOString());
    expect(await people.sessions.authenticate(ann.token)).toBeNull();
    await people.users.change(shell('user-off'), ann.id, { disabled: false });
    expect(await people.sessions.authenticate(ann.token)).toBeNull();
    expect(await signIn('ann@off.example')).toMatch(/^pls_/);
    expect(await actions('user-off')).toEqual(
      expect.arrayContaining(['command-line user.disabled', 'command-line user.enabled']),
    );
  });

  it('who is the last admin stays one', async () => {
    const ann = await join('last', 'ann@last.example', 'admin');
    const refused = { code: 'conflict', message: expect.stringContaining('last admin') };
    await expect(people.users.change(ann.principal, ann.id, { roles: ['agent'] })).rejects.toMatchObject(
      refused,
    );
    await expect(people.users.change(shell('last'), ann.id, { disabled: true })).rejects.toMatchObject(
      refused,
    );
    const bob = await join('last', 'bob@last.example', 'admin');
    await expect(people.users.change(ann.principal, ann.id, { disabled: true })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('yourself'),
    });
    await people.users.change(ann.principal, ann.id, { roles: ['agent'] });
    await expect(people.users.change(shell('last'), bob.id, { roles: ['agent'] })).rejects.toMatchObject(
      refused,
    );
  });

  it('says whether they take conversations', async () => {
    const ann = await join('away', 'ann@away.example', 'agent');
    expect((await people.users.setAvailability('away', ann.id, 'away')).availability).toBe('away');
    await expect(people.users.setAvailability('other', ann.id, 'available')).rejects.toMatchObject({
      code: 'not_found',
    });
    expect((await people.users.get('away', ann.id)).availability).toBe('away');
  });

  it('is not there for another tenant', async () => {
    const ann = await join('here', 'ann@here.example', 'agent');
    const made = await invite('here', 'bob@here.example');
    const missing = { code: 'not_found' };
    const there = shell('there');
    expect(await people.users.list('there')).toEqual([]);
    expect(await people.invitations.list('there')).toEqual([]);
    await expect(people.users.get('there', ann.id)).rejects.toMatchObject(missing);
    await expect(people.users.change(there, ann.id, { name: 'x' })).rejects.toMatchObject(missing);
    await expect(people.invitations.reset(there, ann.id)).rejects.toMatchObject(missing);
    await expect(people.invitations.withdraw(there, made.id)).rejects.toMatchObject(missing);
    expect(await people.sessions.list({ ...ann.principal, tenant: 'there' }, ann.token)).toEqual([]);
    expect((await people.users.get('here', ann.id)).name).toBe('Ann');
  });
});

describe('whoever sits at this machine', () => {
  it('is a user with every right, from the first time on, who can be renamed', async () => {
    const [first, again] = await Promise.all([people.users.local(), people.users.local()]);
    expect(first).toMatchObject({ tenant: defaultTenant, actor: 'local', scopes, user: { id: 'local' } });
    expect(again).toEqual(first);
    const author = { tenant: defaultTenant, actor: 'local', user: first.user };
    await people.users.change(author, 'local', { name: 'Robin' });
    expect(await people.users.local()).toMatchObject({ user: { name: 'Robin' } });
    expect(await people.users.list(defaultTenant)).toMatchObject([
      { id: 'local', name: 'Robin', email: null },
    ]);
    expect(await actions(defaultTenant)).toEqual(['local user.created', 'local user.changed']);
  });

  it('has no password and is no admin to count on where credentials are asked for', async () => {
    await expect(people.invitations.reset(shell(defaultTenant), 'local')).rejects.toMatchObject({
      code: 'conflict',
    });
    const caller = await people.users.local();
    const change = people.passwords.changePassword(caller, { current: 'x', password }, device);
    await expect(change).rejects.toMatchObject({ code: 'forbidden' });
    expect(await people.hasWayIn()).toBe(false);
    const made = await invite(defaultTenant, 'root@way.example', { roles: ['admin'] });
    expect(await people.hasWayIn()).toBe(true);
    await accept(made);
    expect([await people.invitations.awaitsAdmin(), await people.hasWayIn()]).toEqual([false, true]);
  });

  it('is let in again after having been disabled from elsewhere', async () => {
    await people.users.change(shell(defaultTenant), 'local', { disabled: true });
    expect(await people.users.local()).toMatchObject({ user: { name: 'Robin' } });
    expect((await people.users.get(defaultTenant, 'local')).disabledAt).toBeNull();
  });
});

describe('a team', () => {
  it('is made once by a name, renamed, joined and removed', async () => {
    const by = shell('team');
    const billing = await people.teams.create(by, { name: 'Billing' }, 'key');
    expect(await people.teams.create(by, { name: 'Billing' }, 'key')).toEqual(billing);
    const sales = await people.teams.create(by, { name: 'Sales' });
    const taken = { code: 'conflict', details: { errors: [{ pointer: '/name' }] } };
    await expect(people.teams.create(by, { name: 'Sales' })).rejects.toMatchObject(taken);
    await expect(people.teams.rename(by, sales.id, { name: 'Billing' })).rejects.toMatchObject(taken);
    expect((await people.teams.rename(by, sales.id, { name: 'Accounts' })).name).toBe('Accounts');
    expect((await people.teams.list('team')).map((each) => each.name)).toEqual(['Accounts', 'Billing']);

    const ann = await join('team', 'ann@team.example', 'agent');
    await people.users.change(by, ann.id, { teamIds: [billing.id, sales.id] });
    await people.teams.remove(by, billing.id);
    expect((await people.users.get('team', ann.id)).teamIds).toEqual([sales.id]);
    expect((await people.teams.list('team')).map((each) => each.id)).toEqual([sales.id]);
    expect(await actions('team')).toEqual(
      expect.arrayContaining(
        ['team.created', 'team.renamed', 'team.removed'].map((each) => `command-line ${each}`),
      ),
    );
  });

  it('stays while conversations wait for it', async () => {
    const by = shell('team-busy');
    const { id } = await people.teams.create(by, { name: 'Busy' });
    const row = { id: 'c', customerId: 'x', title: 'x', language: 'en', ownerTeamId: id };
    await db.withTenant('team-busy', (tx) => tx.insert(conversation).values({ ...row, ownerKind: 'human' }));
    await expect(people.teams.remove(by, id)).rejects.toMatchObject({ code: 'conflict' });
    await db.withTenant('team-busy', (tx) => tx.update(conversation).set({ ownerKind: 'closed' }));
    await people.teams.remove(by, id);
  });

  it('is not there for another tenant', async () => {
    const { id } = await people.teams.create(shell('team-a'), { name: 'Mine' });
    const theirs = shell('team-b');
    expect(await people.teams.list('team-b')).toEqual([]);
    await expect(people.teams.rename(theirs, id, { name: 'x' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(people.teams.remove(theirs, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(invite('team-b', 'ann@b.example', { teamIds: [id] })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    await people.teams.create(theirs, { name: 'Mine' });
  });
});

describe('a customer', () => {
  const nobody: Principal = {
    tenant: '',
    actor: 'anonymous:192.0.2.1',
    scopes: [],
    ratePerMinute: null,
    user: null,
    customer: null,
  };
  const shop: Principal = { ...nobody, tenant: 'shop', actor: 'key:k', scopes: ['chat'] };
  const stores = (changes: Partial<typeof settings>) =>
    createPeople(db, { ...settings, ...changes } as Parameters<typeof createPeople>[1], () => time).customers;

  it('is known by the token, in its tenant, for 90 days and 60 requests a minute', async () => {
    const { customerId, token } = await people.customers.create(shop, 'a');
    const principal = await people.customers.authenticate(token);
    expect(principal).toEqual({
      tenant: 'shop',
      actor: `customer:${customerId}`,
      scopes: ['chat'],
      ratePerMinute: 60,
      user: null,
      customer: customerId,
    });
    expect(await stores({}).authenticate(token)).toEqual(principal);
    expect((await people.customers.create(shop, 'a')).customerId).not.toBe(customerId);
    time += 90 * dayMs - 1000;
    expect(await people.customers.authenticate(token)).not.toBeNull();
    time += 1000;
    expect(await people.customers.authenticate(token)).toBeNull();
  });

  it('is nobody with a token of another secret, or of a tenant that signs none', async () => {
    const { token } = await people.customers.create(shop, 'a');
    const [, signature] = token.split('.');
    const claim = Buffer.from(JSON.stringify(['elsewhere', 'cus_x', Math.floor(time / 1000)]));
    const forged = `plc_${claim.toString('base64url')}.${signature}`;
    for (let n = 0; n < 2; n++) expect(await people.customers.authenticate(forged)).toBeNull();
    // What was asked for in vain a moment ago must not be taken for unknown once it is there.
    const made = await people.customers.create({ ...shop, tenant: 'elsewhere' }, 'a');
    expect(await people.customers.authenticate(made.token)).not.toBeNull();
    expect(await people.customers.authenticate(forged)).toBeNull();
    for (const wrong of ['plc_', 'plc_a.b', token.slice(0, -1), `${token}A`]) {
      expect(await people.customers.authenticate(wrong)).toBeNull();
    }
  });

  it('stays known while a secret is replaced, and no longer', async () => {
    const [old, young] = ['o'.repeat(32), 'y'.repeat(32)];
    const { token } = await stores({ customerSecrets: [old] as never }).create(shop, 'a');
    const known = (...secrets: string[]) => stores({ customerSecrets: secrets as never }).authenticate(token);
    expect(await known(young, old)).not.toBeNull();
    expect(await known(young)).toBeNull();
    expect(await known()).toBeNull();
  });

  it('may come from anywhere only where that was decided, and not in droves', async () => {
    await expect(people.customers.create(nobody, 'a')).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('PARLANCE_CUSTOMER_CHAT=on'),
    });
    const open = stores({ customerChat: true as never });
    const { token } = await open.create(nobody, 'a');
    const customer = (await open.authenticate(token)) as Principal;
    expect(customer.tenant).toBe(defaultTenant);
    for (let n = 1; n < 20; n++) await open.create(n % 2 ? nobody : customer, 'a');
    await expect(open.create(customer, 'a')).rejects.toMatchObject({ code: 'overloaded' });
    expect(await open.create(nobody, 'b')).toBeDefined();
    expect(await open.create(shop, 'a')).toBeDefined();
    await expect(open.create({ ...shop, scopes: ['review'] }, 'c')).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('`chat`'),
    });
  });
});
