// What transformers.js writes greedily after the same prompts with the same graph, one by one: `{speed, tokens}` as JSON, the speed in tokens a second.
//
//   transformers-js.mjs MODEL PROMPTS.json MOST THREADS
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname } from 'node:path';

const { AutoModelForCausalLM, Tensor, env } = createRequire(import.meta.url)('@huggingface/transformers');
const [, , folder, file, most, threads] = process.argv;
env.allowRemoteModels = false;
env.localModelPath = dirname(folder);
const session_options = { intraOpNumThreads: Number(threads) };
const model = await AutoModelForCausalLM.from_pretrained(basename(folder), {
  ...{ dtype: 'q8', device: 'cpu', session_options },
});
const { eos_token_id: end } = model.generation_config ?? model.config;
const prompts = JSON.parse(readFileSync(file, 'utf8'));

async function written(prompt) {
  const dims = [1, prompt.length];
  const input_ids = new Tensor('int64', BigInt64Array.from(prompt, BigInt), dims);
  const attention_mask = new Tensor('int64', new BigInt64Array(prompt.length).fill(1n), dims);
  const max_new_tokens = Number(most);
  const output = await model.generate({ input_ids, attention_mask, max_new_tokens, do_sample: false });
  return output.tolist()[0].map(Number).slice(prompt.length);
}

await written(prompts[0]);
const began = performance.now();
const tokens = [];
let count = 0;
for (const prompt of prompts) {
  const text = await written(prompt);
  count += text.length;
  tokens.push(text.filter((token) => token !== end));
}
console.log(JSON.stringify({ speed: (count / (performance.now() - began)) * 1000, tokens }));
