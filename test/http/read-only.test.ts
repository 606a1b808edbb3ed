import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startServer } from './server.ts';

const disk = { free: Number.POSITIVE_INFINITY };
beforeAll(() => {
  vi.spyOn(fs, 'statfsSync').mockImplementation(
    () => ({ bavail: disk.free, bsize: 1 }) as fs.StatsFs & fs.BigIntStatsFs,
  );
  syncBuiltinESMExports();
});
afterAll(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
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
