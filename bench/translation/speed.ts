import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInference, loadConfig } from '#services';
import { heldOutSets } from './pairs.ts';

/**
 * How many tokens a second translations write, beside CTranslate2 and transformers.js on the same weights, sentences and cores, in one run.
 *   npm run bench:translation
 * The peers are set up once by hand: a Python with ctranslate2, torch and transformers 4.57 named in PEER_PYTHON, and a folder with
 * @huggingface/transformers 4.3 in its node_modules named in PEER_NODE. Without one of them its figure is left out.
 */
const sentences = 640;
const beamsTried = [1, 4];
const root = join(import.meta.dirname, '../..');
const weights = join(root, '../shared/models/nmt-en-es');
const peers = join(import.meta.dirname, 'peers');
const unobserved = { batchDone() {}, inputsDropped() {}, workerEnded() {} };
const caller = { tenant: 'bench', lane: 'interactive', timeoutMs: 600_000 } as const;

const [set] = heldOutSets();
const texts = (set?.pairs ?? []).slice(0, sentences).map(({ text }) => text);
const folder = mkdtempSync(join(tmpdir(), 'parlance-translation-'));
const file = join(folder, 'sentences.json');
writeFileSync(file, JSON.stringify(texts.map((text) => `>>es<< ${text}`)));
try {
  const ours = await ourSpeeds();
  const ctranslate2 = ask<Record<string, number>>(process.env.PEER_PYTHON, [
    join(peers, 'by_ctranslate2.py'),
    ...[weights, file, ...beamsTried.map(String)],
  ]);
  const transformersJs = ask<{ single: number; batch: number }>(process.env.PEER_NODE && process.execPath, [
    join(peers, 'transformers-js.mjs'),
    join(weights, '..'),
    'nmt-en-es',
    file,
  ]);
  console.log(`${texts.length} sentences, English to Spanish, on ${cpus().length} cores; tokens a second`);
  for (const beams of beamsTried) {
    const own = ours[beams] ?? 0;
    const other = ctranslate2?.[beams];
    const ratio = other ? `, CTranslate2 int8 ${other}: ${(own / other).toFixed(2)} of it` : '';
    console.log(`beam ${beams}: Parlance ${own}${ratio}`);
  }
  if (transformersJs) {
    const { single, batch } = transformersJs;
    const best = Math.max(single, batch);
    console.log(
      `beam 1: transformers.js ${single} one by one, ${batch} in batches of 32: ${((ours[1] ?? 0) / best).toFixed(1)} times as fast as the better`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Through the whole task: cutting, stand-ins, two workers. */
async function ourSpeeds(): Promise<Record<number, number>> {
  const config = { ...loadConfig(), queueTokens: Number.MAX_SAFE_INTEGER };
  const inference = await createInference(config, unobserved);
  await inference.start();
  const speeds: Record<number, number> = {};
  for (const beams of beamsTried) {
    const run = () =>
      inference.tasks.run(
        'translations',
        { input: texts, options: { source: 'en', target: 'es', beams } },
        caller,
      );
    await run();
    let best = 0;
    for (let round = 0; round < 3; round++) {
      const began = performance.now();
      const { usage } = await run();
      // The end of each is a token as well, for the others too.
      best = Math.max(best, (usage.outputTokens + texts.length) / (performance.now() - began));
    }
    speeds[beams] = Math.round(best * 1000);
  }
  await inference.stop(0);
  return speeds;
}

function ask<T>(program: string | undefined, args: string[]): T | undefined {
  if (!program) return undefined;
  const env = {
    ...process.env,
    NODE_PATH: process.env.PEER_NODE && join(process.env.PEER_NODE, 'node_modules'),
  };
  return JSON.parse(
    execFileSync(program, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  ) as T;
}
