import { afterAll, describe, expect, it, vi } from 'vitest';
import { scopes } from '#contracts';
import { conversation } from '../db/schema/index.ts';
import { createAuditLog } from '../identity/audit.ts';
import { defaultTenant } from '../principal.ts';
import { device, password, shell, startPeople } from './test-people.ts';

// Passwords are expensive to work on, and a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000 });

const { accept, actions, another, db, invite, join, now, pass, people, setFull, signIn } =
  await startPeople();
afterAll(() => db.close());

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
    expect(off.disabledAt).toBe(new Date(now()).toISOString());
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

  it('works without a record while there is no room for one, and gets it when there is', async () => {
    const { users } = another();
    setFull(true);
    expect(await users.local()).toMatchObject({ actor: 'local', user: { id: 'local' } });
    setFull(false);
    pass(10_000);
    expect(await users.local()).toMatchObject({ user: { name: 'Robin' } });
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
