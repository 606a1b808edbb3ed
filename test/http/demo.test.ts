import { afterAll, beforeAll, expect, test } from 'vitest';
import { ParlanceClient } from '#client';
import { readScripts } from '../../services/demo/scripts.ts';
import { startServer, type TestServer } from './server.ts';

let server: TestServer;
let client: ParlanceClient;
beforeAll(async () => {
  server = await startServer();
  client = new ParlanceClient({ baseUrl: server.url });
});
afterAll(() => server?.stop());

test('three customers come in, talk to the end, and are taken over like anybody', {
  timeout: 120_000,
}, async () => {
  await client.desk.demo(20);
  await expect(client.desk.demo()).rejects.toMatchObject({ code: 'conflict' });
  const there = async () => (await client.desk.list()).entries;
  await expect.poll(async () => (await there()).length, { timeout: 60_000 }).toBe(3);
  const [tom] = (await there()).filter((entry) => entry.customerName === 'Tom Brennan');
  await client.desk.take(tom?.id ?? '');
  await server.running.services.demo.done();

  const scripts = await readScripts(server.running.services.config.root);
  for (const { customer, turns } of scripts) {
    const entry = (await there()).find(({ customerName }) => customerName === customer.name);
    const { events } = await client.desk.get(entry?.id ?? '');
    const said = events.filter(({ type, actor }) => type === 'message-added' && actor.kind === 'customer');
    expect(said.map(({ data }) => data?.text)).toEqual(turns.map(({ text }) => text));
  }
  const { events, entry } = await client.desk.get(tom?.id ?? '');
  expect(entry.owner).toMatchObject({ kind: 'human', userId: 'local' });
  const taken = events.findIndex(({ type }) => type === 'owner-changed');
  expect(events.slice(taken).filter(({ type }) => type === 'answer-started')).toEqual([]);
});

test('a speed that is none is refused', async () => {
  await expect(client.desk.demo(0)).rejects.toMatchObject({ code: 'invalid_input' });
});
