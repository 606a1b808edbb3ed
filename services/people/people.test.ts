import { afterAll, describe, expect, it, vi } from 'vitest';
import type { InviteRequest } from '#contracts';
import { invitation, person, personSession } from '../db/schema/index.ts';
import { createAuditLog } from '../identity/audit.ts';
import { dayMs, device, password, shell, startPeople } from './test-people.ts';

// Passwords are expensive to work on, and a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000 });

const { accept, actions, db, invite, join, pass, people, signIn } = await startPeople();
afterAll(() => db.close());

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
    pass(7 * dayMs - 1);
    expect(await people.invitations.list('inv-age')).toHaveLength(1);
    expect(await people.invitations.offer(made.token ?? '')).toBeDefined();
    pass(1);
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
      pass(dayMs);
      expect(await at(busy.token)).not.toBeNull();
    }
    pass(dayMs - 1);
    expect(await at(late.token)).not.toBeNull();
    pass(1);
    expect(await at(idle.token)).toBeNull();
    expect(await at(late.token)).not.toBeNull();
    for (let day = 7; day < 30; day++) {
      expect(await at(busy.token)).not.toBeNull();
      pass(dayMs);
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
