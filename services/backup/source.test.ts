import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { loadConfig } from '../config.ts';
import { backup, moveToPostgres } from './index.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'parlance-source-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

it('an empty folder is neither backed up nor moved, and stays empty', async () => {
  const config = loadConfig({ PARLANCE_DATA_DIR: dataDir });
  const none = { code: 'not_found', message: expect.stringContaining(dataDir) };
  await expect(backup(config, join(dataDir, 'all.tar.gz'))).rejects.toMatchObject(none);
  const databaseUrl = 'postgres://nobody@127.0.0.1:1/none';
  await expect(moveToPostgres({ ...config, databaseUrl })).rejects.toMatchObject(none);
  expect(readdirSync(dataDir)).toEqual([]);
});
