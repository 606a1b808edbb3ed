import { expect, it } from 'vitest';
import { hashPassword, isPassword, nobodysHash } from './passwords.ts';

const costOf = (hash: string) => hash.split('$').slice(1, 4);

it('are kept as Argon2id with a salt of their own, at the cost that nobody has too', async () => {
  const [one, two] = [await hashPassword('correct horse'), await hashPassword('correct horse')];
  expect(one).not.toBe(two);
  expect(costOf(one)).toEqual(['argon2id', 'v=19', 'm=19456,t=2,p=1']);
  expect(costOf(nobodysHash)).toEqual(costOf(one));
});

it('fit their own hash and no other, and nobody has one', async () => {
  const kept = await hashPassword('correct horse');
  expect(await isPassword('correct horse', kept)).toBe(true);
  expect(await isPassword('correct house', kept)).toBe(false);
  expect(await isPassword('correct horse', null)).toBe(false);
});

it('are the same however the keyboard composed their characters', async () => {
  expect(await isPassword('cafe\u0301 au lait', await hashPassword('caf\u00e9 au lait'))).toBe(true);
});

it('are not worked on all at once', async () => {
  const all = Array.from({ length: 12 }, () => isPassword('x', null).catch((error) => error.code));
  const answers = await Promise.all(all);
  expect(answers.filter((answer) => answer === 'overloaded')).toHaveLength(4);
  expect(await isPassword('x', null)).toBe(false);
});
