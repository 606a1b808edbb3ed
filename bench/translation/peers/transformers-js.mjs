// The same sentences by transformers.js, greedily, from the same weights in int8: `{single, batch}` in tokens a second as JSON. One at a time, and in
// batches of 32, of which only the tokens before each end are counted.
//
//   transformers-js.mjs MODELS NAME SENTENCES.json
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { AutoModelForSeq2SeqLM, AutoTokenizer, env } = createRequire(import.meta.url)(
  '@huggingface/transformers',
);
const [, , models, name, file] = process.argv;
env.allowRemoteModels = false;
env.localModelPath = models;
const tokenizer = await AutoTokenizer.from_pretrained(name);
const model = await AutoModelForSeq2SeqLM.from_pretrained(name, { dtype: 'q8', device: 'cpu' });
const { eos_token_id: end, pad_token_id: pad } = model.config;
const sentences = JSON.parse(readFileSync(file, 'utf8'));

async function speed(size) {
  const run = async (some) => {
    let written = 0;
    for (let from = 0; from < some.length; from += size) {
      const inputs = tokenizer(some.slice(from, from + size), { padding: true });
      const output = await model.generate({ ...inputs, num_beams: 1, do_sample: false, max_length: 256 });
      for (const row of output.tolist()) {
        const tokens = row.map(Number).slice(1);
        const ended = tokens.findIndex((token) => token === end || token === pad);
        written += ended < 0 ? tokens.length : ended + 1;
      }
    }
    return written;
  };
  await run(sentences.slice(0, size));
  const began = performance.now();
  const written = await run(sentences);
  return Math.round((written / (performance.now() - began)) * 1000);
}

console.log(JSON.stringify({ single: await speed(1), batch: await speed(32) }));
