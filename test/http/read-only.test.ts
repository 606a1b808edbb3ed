import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { startServer as Start } from './server.ts';

const disk = { free: Number.POSITIVE_INFINITY };
let startServer: typeof Start;
// Other files share what they import: this one has a service of its own, on a disk of its own.
beforeAll(async () => {
  vi.resetModules();
  vi.doMock('../../services/db/disk-space.ts', async (original) => ({
    ...(await original<object>()),
    freeBytes: () => disk.free,
  }));
  ({ startServer } = await import('./server.ts'));
});
afterAll(() => {
  vi.doUnmock('../../services/db/disk-space.ts');
  vi.resetModules();
});

test('with little room left a first start scores and reads; it saves again when there is room', async () => {
  const server = await startServer({}, async () => {
    disk.free = 48 * 2 ** 20;
  });
  const save = () =>
    server.post('/api/v1/examples', { task: 'sentiment', title: 'Mine', text: 'Where is my parcel?' });
  expect((await server.post('/api/v1/sentiment', { input: 'hello' })).status).toBe(200);
  expect(await server.json('/api/v1/examples')).toEqual({ examples: [] });
  expect((await save()).status).toBe(507);
  disk.free = Number.POSITIVE_INFINITY;
  expect((await save()).status).toBe(201);
  await server.stop();
});
