import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { prepareFolder } from '../../services/db/memory.ts';
import { quickStart } from '../fixtures/quick-start.ts';
import { startServer, type TestServer } from '../http/server.ts';

// Every step starts a process, which opens a database or starts another.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const program = fileURLToPath(new URL('../../bin/parlance.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'parlance-knowledge-'));
let server: TestServer;

beforeAll(async () => {
  mkdirSync(join(folder, 'docs', 'en'), { recursive: true });
  const files = {
    'en/fee.md': '## Late fee\n\nThe fee is six euro.',
    'en/empty.txt': '',
    'en/image.png': 'no document',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'docs', name), text);
  await prepareFolder(join(folder, 'data'));
  server = await startServer();
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function parlance(args: string[], env: Record<string, string>) {
  const settings = {
    PARLANCE_ENGINE: 'fake',
    PARLANCE_WORKERS: '1',
    PARLANCE_DATA_DIR: join(folder, 'data'),
    PARLANCE_PORT: '1',
  };
  const child = spawn(process.execPath, [...quickStart, program, 'knowledge', ...args], {
    cwd: folder,
    env: { ...process.env, ...settings, ...env },
  });
  const outcome = { code: null as number | null, stdout: '', stderr: '' };
  child.stdout.on('data', (text) => {
    outcome.stdout += text;
  });
  child.stderr.on('data', (text) => {
    outcome.stderr += text;
  });
  return new Promise<typeof outcome>((resolve) => child.on('close', (code) => resolve({ ...outcome, code })));
}

describe.each(['in its own process', 'through a running server'])('parlance knowledge, %s', (where) => {
  const run = (...args: string[]) =>
    parlance(args, where.includes('server') ? { PARLANCE_URL: server.url } : {});

  it('adds a folder, searches it, lists it and removes from it', async () => {
    const added = await run('add', 'docs', '--language', 'en', '--json');
    expect(added.stderr).toContain('1 of 2 documents read, 1 passages');
    expect(added.code).toBe(3);
    const { documents } = JSON.parse(added.stdout);
    expect(
      documents.map((each: { name: string; problem: string | null }) => [each.name, each.problem]),
    ).toEqual([
      ['en/empty.txt', 'The file is empty. Upload one with text in it.'],
      ['en/fee.md', null],
    ]);
    const found = JSON.parse((await run('search', 'late fees', '--json')).stdout);
    expect(found.hits[0]).toMatchObject({
      coverage: 1,
      passage: { sourceName: 'en/fee.md', title: 'Late fee' },
    });
    const removed = await run('remove', 'en/fee.md');
    expect(removed.code).toBe(0);
    const { sources } = JSON.parse((await run('list', '--json')).stdout);
    expect(sources.map((each: { name: string }) => each.name)).toEqual(['en/empty.txt']);
  });
});

it.each([
  [['add', 'nowhere'], /There is no file or folder nowhere/],
  [['add', 'docs', '--language', 'english'], /two letters/],
  [['search', 'x', '--limit', '0'], /whole number/],
])('wrong use is refused before anything is opened: %j', async (args, message) => {
  const { code, stderr } = await parlance(args, {});
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
});
