import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { prepareFolder } from '../../services/db/memory.ts';
import { bundledFixture } from '../fixtures/bundled.ts';
import { quickStart } from '../fixtures/quick-start.ts';

const dataDir = await mkdtemp(join(tmpdir(), 'parlance-durability-'));
await prepareFolder(dataDir);
let writer: ChildProcess | undefined;
afterAll(async () => {
  writer?.kill('SIGKILL');
  await rm(dataDir, { recursive: true, force: true });
});

// The whole service is killed twenty times in kill-service.test.ts; here it is the numbering that is looked at.
const kills = 6;

it(`loses no acknowledged event when the writer is killed ${kills} times`, { timeout: 180_000 }, async () => {
  let acknowledged = 0;
  for (let round = 0; round <= kills; round++) {
    const child = fork(bundledFixture('event-writer'), [dataDir], { execArgv: quickStart });
    writer = child;
    const found = await new Promise<number[]>((resolve, reject) => {
      child.once('message', (said: { found: number[] }) => resolve(said.found));
      child.once('exit', (code) => reject(new Error(`the writer ended with ${code} in round ${round}`)));
    });
    expect(found).toEqual(found.map((_, index) => index + 1));
    expect(found.length).toBeGreaterThanOrEqual(acknowledged);

    // The next event is always on its way when the kill comes; how many came before it is left to chance.
    let left = 1 + Math.floor(Math.random() * 25);
    await new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.on('message', (said: { acknowledged: number }) => {
        acknowledged = Math.max(acknowledged, said.acknowledged);
        if (--left === 0) child.kill('SIGKILL');
      });
      child.send('write');
    });
  }
  expect(acknowledged).toBeGreaterThan(kills);
});
