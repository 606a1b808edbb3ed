import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { chooser, continued, engines, loadTokenizer, openSpeaker } from '#inference';
import { promptOf } from '#nlp';

/**
 * How many tokens a second a chat model writes, beside transformers.js on the same graph, prompts and cores, in one run; and on how many
 * prompts both write the same, greedily.
 *   npm run bench:generation -- --model DIR [--prompts 200] [--tokens 48] [--threads 2]
 * DIR is a model in Hugging Face layout with onnx/model_quantized.onnx, such as ../shared/models/make-smollm2.py makes. The peer is set
 * up once by hand: a folder with @huggingface/transformers 4.3 in its node_modules, named in PEER_NODE; without it its figure is left
 * out.
 */
const { values } = parseArgs({
  options: {
    model: { type: 'string' },
    prompts: { type: 'string', default: '200' },
    tokens: { type: 'string', default: '48' },
    threads: { type: 'string', default: String(cpus().length) },
  },
});
if (!values.model) throw new Error('Say which model: --model DIR');
const model = resolve(values.model);
const most = Number(values.tokens);
const threads = Number(values.threads);
const batchSizes = [4, 8];

const packed = join(import.meta.dirname, '../../../shared/data/intents/banking77.test-a.jsonl.gz');
const lines = gunzipSync(readFileSync(packed)).toString('utf8').split('\n');
const questions = lines.slice(0, Number(values.prompts)).map((line) => JSON.parse(line).text as string);

const { max_position_embeddings: context } = JSON.parse(readFileSync(join(model, 'config.json'), 'utf8'));
const tokenizer = await loadTokenizer(model, context);
const engine = await engines.onnx();
const session = await engine.load({ graph: join(model, 'onnx/model_quantized.onnx'), threads, width: 0 });
const speaker = await openSpeaker(session, model, { passTokens: 1024 });
const prompts = questions.map((question) =>
  promptOf([{ role: 'user', text: question }], speaker.template, tokenizer.controls).flatMap((part) =>
    tokenizer.encodeWhole(part),
  ),
);

async function written(some: readonly number[][]): Promise<number[][]> {
  const texts: number[][] = [];
  const beginnings = some.map((prompt) => ({ prompt, most, choose: chooser({ temperature: 0 }) }));
  for await (const { row, tokens } of continued(speaker.model, beginnings, speaker.config))
    texts[row] = [...tokens];
  return texts;
}

/** Writes after all prompts, so many at once, and says how fast. */
async function measure(size: number): Promise<number[][]> {
  await written(prompts.slice(0, size));
  const texts: number[][] = [];
  const began = performance.now();
  for (let from = 0; from < prompts.length; from += size)
    texts.push(...(await written(prompts.slice(from, from + size))));
  // The token that ends a text is one as well, for the peer too.
  const tokens = texts.reduce((sum, { length }) => sum + Math.min(most, length + 1), 0);
  const speed = (tokens / (performance.now() - began)) * 1000;
  console.log(`Parlance, ${size} at once: ${speed.toFixed(1)} tokens a second`);
  return texts;
}

const alone = await measure(1);
if (process.env.PEER_NODE) beside(process.env.PEER_NODE);
for (const size of batchSizes) await measure(size);

function beside(node: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'parlance-generation-'));
  const file = join(folder, 'prompts.json');
  writeFileSync(file, JSON.stringify(prompts));
  const peer = join(import.meta.dirname, 'peers/transformers-js.mjs');
  const env = { ...process.env, NODE_PATH: join(node, 'node_modules') };
  const words = [peer, model, file, String(most), String(threads)];
  const options = { env, encoding: 'utf8' as const, maxBuffer: 1 << 28 };
  let answer: string;
  try {
    answer = execFileSync(process.execPath, words, options);
  } finally {
    rmSync(folder, { recursive: true });
  }
  const theirs = JSON.parse(answer) as { speed: number; tokens: number[][] };
  const same = theirs.tokens.filter((each, at) => JSON.stringify(each) === JSON.stringify(alone[at])).length;
  console.log(`transformers.js, one by one: ${theirs.speed.toFixed(1)} tokens a second`);
  console.log(`the same text, token for token: ${same} of ${prompts.length}`);
}
