import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ParlanceClient } from '#client';
import { ParlanceError } from '#contracts';
import { prepareFolder } from '../../services/db/memory.ts';
import { bundled } from '../fixtures/bundled.ts';
import { startKillable } from '../fixtures/killable-service.ts';

const kills = 20;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parlance-kill-'));
  await prepareFolder(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test(`${kills} times kill −9 of the service under writes: no acknowledged row is missing`, async () => {
  const acknowledged = new Set<string>();
  for (let round = 0; round < kills; round++) {
    const service = await start();
    const client = new ParlanceClient({ baseUrl: service.url, maxRetries: 0 });
    const ids = new Set((await client.examples.list()).map((example) => example.id));
    expect([...acknowledged].filter((id) => !ids.has(id))).toEqual([]);

    const writers = Array.from({ length: 4 }, () => writeUntilDown(client, acknowledged));
    await sleep(50 + ((round * 37) % 200));
    service.child.kill('SIGKILL');
    await once(service.child, 'exit');
    await Promise.all(writers);
  }
  expect(acknowledged.size).toBeGreaterThan(kills);
}, 240_000);

async function writeUntilDown(client: ParlanceClient, acknowledged: Set<string>): Promise<void> {
  for (let count = 0; count < 10_000; count++) {
    try {
      const { id } = await client.examples.create({
        task: 'sentiment',
        title: `row ${count}`,
        text: 'written',
      });
      acknowledged.add(id);
    } catch (error) {
      // The kill. A refusal is something else, and a finding.
      if (error instanceof ParlanceError && error.code === 'provider_failed') return;
      throw error;
    }
  }
}

const start = () => startKillable(bundled('server'), folder);

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
