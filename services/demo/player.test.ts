import { fileURLToPath } from 'node:url';
import { beforeEach, expect, it } from 'vitest';
import { type Customers, createPlayer } from './player.ts';
import { readScripts } from './scripts.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** A speed at which nobody waits, and one at which nobody ever gets to speak. */
const [atOnce, never] = [1e9, 1e-3];

let said: Record<string, string[]>;
let failures: unknown[];
let refuses: (text: string) => boolean;
beforeEach(() => {
  said = {};
  failures = [];
  refuses = () => false;
});

const customers: Customers = {
  async open(tenant, { name }) {
    const texts: string[] = [];
    said[`${tenant}: ${name}`] = texts;
    return {
      async say(text) {
        if (refuses(text)) throw new Error(`not now: ${text}`);
        texts.push(text);
      },
    };
  },
};
const player = () =>
  createPlayer({
    customers,
    scripts: () => readScripts(root),
    failed: (error) => failures.push(error),
  });

it('plays every script of the sample company, each customer in their order', async () => {
  const demo = player();
  await demo.play('a', atOnce);
  await demo.done();
  const scripts = await readScripts(root);
  expect(scripts).toHaveLength(3);
  expect(said).toEqual(
    Object.fromEntries(
      scripts.map(({ customer, turns }) => [`a: ${customer.name}`, turns.map(({ text }) => text)]),
    ),
  );
});

it('plays once at a time for each tenant', async () => {
  const demo = player();
  await demo.play('a', never);
  await expect(demo.play('a', atOnce)).rejects.toMatchObject({ code: 'conflict' });
  await demo.play('b', never);
  await demo.stop();
  expect(said).toEqual({});
});

it('plays again when it is over', async () => {
  const demo = player();
  for (const _ of [1, 2]) {
    await demo.play('a', atOnce);
    await demo.done();
  }
  expect(Object.keys(said)).toHaveLength(3);
});

it('goes on after a turn that could not be said', async () => {
  refuses = (text) => text.startsWith('Cables are all in');
  const demo = player();
  await demo.play('a', atOnce);
  await demo.done();
  expect(failures).toHaveLength(1);
  const [tom] = (await readScripts(root)).filter(({ customer }) => customer.name === 'Tom Brennan');
  expect(said['a: Tom Brennan']).toHaveLength((tom?.turns.length ?? 0) - 1);
});
