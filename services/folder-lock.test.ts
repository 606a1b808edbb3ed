import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bundledFixture } from '../test/fixtures/bundled.ts';
import { acquireFolderLock } from './folder-lock.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parlance-lock-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A process that tries for the lock when told to and says how it went. */
async function contender() {
  const child = fork(bundledFixture('lock-holder'), [folder], { execArgv: [] });
  const said = () => new Promise<string>((resolve) => child.once('message', (word) => resolve(String(word))));
  await said();
  return {
    pid: child.pid,
    async acquire() {
      const outcome = said();
      child.send('acquire');
      return await outcome;
    },
    async kill() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    },
  };
}

const lockFile = () => join(folder, 'lock');
const dead = { id: 'dead', pid: 2 ** 22 + 1, startTime: '1', host: hostname() };

it('lets one in, refuses the second by the name of the first, and lets the next in after release', async () => {
  const first = await acquireFolderLock(folder);
  const message = expect.stringMatching(new RegExp(`in use by process ${process.pid}\\..*PARLANCE_DATA_DIR`));
  await expect(acquireFolderLock(folder)).rejects.toMatchObject({ code: 'conflict', message });
  await first.release();
  await first.release();
  const second = await acquireFolderLock(folder);
  await first.release();
  await expect(acquireFolderLock(folder)).rejects.toMatchObject({ code: 'conflict' });
  await second.release();
  expect(await readdir(folder)).toEqual([]);
});

it('is held by another process until that is killed', async () => {
  const other = await contender();
  expect(await other.acquire()).toBe('acquired');
  const refused = { code: 'conflict', message: expect.stringContaining(`process ${other.pid}`) };
  await expect(acquireFolderLock(folder)).rejects.toMatchObject(refused);
  await other.kill();
  expect(existsSync(lockFile())).toBe(true);
  await (await acquireFolderLock(folder)).release();
});

it('does not take a later process with the same number for the holder', async () => {
  await writeFile(lockFile(), JSON.stringify({ ...dead, pid: process.pid }));
  const free = acquireFolderLock(folder);
  if (existsSync('/proc/self/stat')) await (await free).release();
  else await expect(free).rejects.toMatchObject({ code: 'conflict' });
});

it('takes over a file that is no lock', async () => {
  await writeFile(lockFile(), '');
  await (await acquireFolderLock(folder)).release();
});

it('believes a holder on another host as long as its heart beats', async () => {
  await writeFile(lockFile(), JSON.stringify({ ...dead, host: 'another-host' }));
  const refused = { code: 'conflict', message: expect.stringContaining('on another-host') };
  await expect(acquireFolderLock(folder)).rejects.toMatchObject(refused);
  const twoMinutesAgo = new Date(Date.now() - 120_000);
  await utimes(lockFile(), twoMinutesAgo, twoMinutesAgo);
  await (await acquireFolderLock(folder)).release();
});

it('lets exactly one of many take over a dead lock', async () => {
  const contenders = await Promise.all(Array.from({ length: 4 }, contender));
  for (let round = 0; round < 8; round++) {
    await writeFile(lockFile(), JSON.stringify(dead));
    const words = await Promise.all(contenders.map((each) => each.acquire()));
    expect(words.filter((word) => word === 'acquired')).toHaveLength(1);
    expect(words.filter((word) => word === 'conflict')).toHaveLength(3);
    const holder = JSON.parse(await readFile(lockFile(), 'utf8'));
    expect(holder.pid).toBe(contenders[words.indexOf('acquired')]?.pid);
  }
  await Promise.all(contenders.map((each) => each.kill()));
});

it('says what to do about a folder in which nothing can be written', async () => {
  const path = join(folder, 'a-file');
  await writeFile(path, '');
  const refused = { code: 'invalid_input', message: expect.stringContaining('PARLANCE_DATA_DIR') };
  await expect(acquireFolderLock(path)).rejects.toMatchObject(refused);
});

// Root may write anywhere.
it.skipIf(process.getuid?.() === 0)('says it also when rights are missing', async () => {
  await chmod(folder, 0o500);
  await expect(acquireFolderLock(folder)).rejects.toMatchObject({
    code: 'invalid_input',
    message: expect.stringContaining('EACCES'),
  });
  await chmod(folder, 0o700);
});
