import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Database } from '../db/database.ts';
import { openMemoryDatabase } from '../db/memory.ts';
import { createPeople, type People } from './index.ts';
import { nobodysHash } from './passwords.ts';

const verified = vi.hoisted(() => [] as string[]);
vi.mock('@node-rs/argon2', async (original) => {
  const real = await original<typeof import('@node-rs/argon2')>();
  const verify: typeof real.verify = (hashed, ...rest) => {
    verified.push(String(hashed));
    return real.verify(hashed, ...rest);
  };
  return { ...real, verify };
});

let db: Database;
let people: People;
beforeAll(async () => {
  db = await openMemoryDatabase();
  people = createPeople(db, { openId: null, customerChat: false, customerSecrets: [] });
});
afterAll(() => db?.close());

it('does the same work for an address nobody has as for one that somebody has', async () => {
  const author = { tenant: 't', actor: 'test', user: null };
  const request = { email: 'ann@shop.example', roles: ['agent' as const], teamIds: [] };
  const { token = '' } = await people.invitations.create(author, request);
  const joining = { name: 'Ann', password: 'a long enough password' };
  await people.invitations.accept(token, joining, { userAgent: '' });

  const work = async (email: string) => {
    verified.length = 0;
    const attempt = people.passwords.signIn({ email, password: 'wrong' }, { address: 'a', userAgent: '' });
    await expect(attempt).rejects.toMatchObject({ code: 'unauthorized' });
    // All but salt and hash, which is what the time depends on.
    return verified.map((each) => each.split('$').slice(1, 4).join('$'));
  };
  const known = await work('ann@shop.example');
  expect(known).toHaveLength(1);
  expect(await work('eve@shop.example')).toEqual(known);
  expect(verified).toEqual([nobodysHash]);
});
