import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FakeHub, startHub } from '../fixtures/hub.ts';
import { quickStart } from '../fixtures/quick-start.ts';
import { startServer, type TestServer } from '../http/server.ts';

const program = fileURLToPath(new URL('../../bin/parlance.mjs', import.meta.url));
const fixtures = join(import.meta.dirname, '../fixtures/model-folder');

describe('models on the command line', () => {
  let folder: string;
  let hub: FakeHub;
  let server: TestServer;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parlance-cli-models-'));
    await cp(join(fixtures, 'acme'), join(folder, 'hub/far'), { recursive: true });
    hub = await startHub(join(folder, 'hub'));
    server = await startServer({ HF_ENDPOINT: hub.url, PARLANCE_CACHE_DIR: join(folder, 'server') });
  });
  afterAll(async () => {
    await server?.stop();
    await hub?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function run(args: string[], env: Record<string, string> = {}) {
    const child = spawn(process.execPath, [...quickStart, program, 'models', ...args], {
      env: {
        ...{ PATH: process.env.PATH, HF_ENDPOINT: hub.url, PARLANCE_CACHE_DIR: join(folder, 'cache') },
        // Nothing listens on port 1, so that no server of the machine is found by chance.
        PARLANCE_PORT: '1',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = new Promise((resolve) => child.on('close', resolve));
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: await ended, stdout, stderr };
  }

  test('are pulled, verified and removed without a server', async () => {
    const pulled = await run(['pull', 'far/tiny-moods', '--json']);
    expect(pulled).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(pulled.stdout)).toMatchObject({ id: 'far/tiny-moods', revision: hub.commit });
    const kept = join(folder, 'cache/far/tiny-moods', hub.commit);
    await writeFile(join(kept, 'tokenizer.json'), '{}');
    expect(await run(['verify'])).toMatchObject({ code: 1, stdout: /whole[\s\S]*tokenizer\.json/ });
    expect(await run(['remove', 'far/tiny-moods'])).toMatchObject({ code: 0, stderr: /removed/ });
    expect(existsSync(kept)).toBe(false);
    const offline = await run(['pull', 'far/tiny-moods'], { HF_HUB_OFFLINE: '1' });
    expect(offline).toMatchObject({ code: 1, stderr: /offline/ });
  });

  test("one of one's own folder is removed by whoever says so twice", async () => {
    const there = { PARLANCE_MODELS_DIR: join(folder, 'own') };
    const files = join(folder, 'own/acme/tiny-moods');
    await cp(join(fixtures, 'acme'), join(folder, 'own/acme'), { recursive: true });
    expect(await run(['remove', 'acme/tiny-moods'], there)).toMatchObject({ code: 2, stderr: /--yes/ });
    expect(existsSync(files)).toBe(true);
    expect(await run(['remove', 'acme/tiny-moods', '--yes'], there)).toMatchObject({ code: 0 });
    expect(existsSync(files)).toBe(false);
  });

  test('are pulled by a server that runs, which says what goes wrong', async () => {
    const there = { PARLANCE_URL: server.url };
    const pulled = await run(['pull', 'far/tiny-moods'], there);
    expect(pulled).toMatchObject({ code: 0, stderr: /for sentiment/ });
    expect(await run(['show', 'far/tiny-moods'], there)).toMatchObject({ stdout: /A sum over a few words/ });
    expect(await run(['remove', 'sentiment'], there)).toMatchObject({ code: 1, stderr: /comes with/ });
  });
});
