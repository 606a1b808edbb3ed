import { afterAll, beforeAll, expect, it } from 'vitest';
import { ParlanceError } from '#contracts';
import { openMemoryDatabase } from '../../db/memory.ts';
import type { PgliteDatabase } from '../../db/pglite.ts';
import { example } from '../../db/schema/index.ts';
import { createLog } from '../../log.ts';
import { createMetrics } from '../../metrics.ts';
import { respondWithError } from '../errors.ts';
import { newRouter } from '../router.ts';
import { requestLog } from './request-log.ts';

let database: PgliteDatabase;
beforeAll(async () => {
  database = await openMemoryDatabase();
});
afterAll(() => database?.close());

/** The log of one request whose handler does this, a line an entry. */
async function logOf(handle: () => Promise<unknown>, path = '/'): Promise<string[]> {
  const lines: string[] = [];
  const log = createLog('info', { write: (line: string) => lines.push(line) });
  const app = newRouter();
  app.onError((error, c) => respondWithError(c, error));
  app.use(requestLog(createMetrics(), log));
  app.get('*', async (c) => c.json(await handle()));
  await app.request(path);
  return lines;
}

it('says which statement failed and why, and nothing of what the customer wrote', async () => {
  const row = { id: 'exa_1', task: 'sentiment' as const, title: 't', text: 'my PIN is 4711' };
  const [line = '', ...more] = await logOf(() =>
    database.withTenant('t', (tx) => tx.insert(example).values([row, row])),
  );
  expect(more).toEqual([]);
  expect(JSON.parse(line)).toMatchObject({ level: 50, status: 500, err: { code: '23505' } });
  expect(line).toContain('insert into');
  expect(line).toContain('stack');
  expect(line).not.toMatch(/PIN|4711|exa_1/);
});

it('gives a failure that was foreseen one short line', async () => {
  const cause = new Error('the disk');
  const [line = '', ...more] = await logOf(() => {
    throw new ParlanceError('storage_full', 'There is no room.', { cause });
  });
  expect(more).toEqual([]);
  expect(JSON.parse(line)).toMatchObject({ level: 40, status: 507, code: 'storage_full' });
  expect(line).not.toContain('stack');
});

it("leaves the caller's own mistakes out", async () => {
  const lines = await logOf(() => {
    throw new ParlanceError('not_found', 'There is none.');
  });
  expect(lines).toEqual([]);
});

it('keeps the secret of an invitation to itself', async () => {
  const token = `pli_${'aB3-_'.repeat(8)}xyz`;
  const fail = () => Promise.reject(new Error('no'));
  const [line = ''] = await logOf(fail, `/api/v1/people/invitations/${token}/accept`);
  expect(JSON.parse(line)).toMatchObject({ path: '/api/v1/people/invitations/pli_…/accept' });
  expect(line).not.toContain(token.slice(4));
});

it('writes no address, card or number that an error quotes or a path holds', async () => {
  const fail = () => Promise.reject(new Error('"my card is 4111 1111 1111 1111" is no JSON'));
  const [line = ''] = await logOf(fail, '/api/v1/people/ana@example.com');
  expect(JSON.parse(line)).toMatchObject({ path: '/api/v1/people/[EMAIL]' });
  expect(line).toContain('my card is [CARD]');
  expect(line).not.toMatch(/4111|ana@/);
});
