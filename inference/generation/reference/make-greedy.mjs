// Greedy decoding by transformers.js, one sentence at a time, for real sentences: `greedy.json`, which greedy.test.ts must meet token for token.
//
//   npm install --prefix v @huggingface/transformers@4.3.1
//   NODE_PATH=v/node_modules node make-greedy.mjs ../../../../shared
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';

const { AutoModelForSeq2SeqLM, AutoTokenizer, env } = createRequire(import.meta.url)(
  '@huggingface/transformers',
);
const shared = resolve(process.argv[2] ?? '');
const rows = 200;

env.allowRemoteModels = false;
env.localModelPath = join(shared, 'models');
const tokenizer = await AutoTokenizer.from_pretrained('nmt-en-es');
const model = await AutoModelForSeq2SeqLM.from_pretrained('nmt-en-es', { dtype: 'q8', device: 'cpu' });

const packed = readFileSync(join(shared, 'data/translation/tatoeba-en-es.dev.jsonl.gz'));
const lines = gunzipSync(packed).toString('utf8').split('\n').slice(0, rows);
const answers = [];
for (const [at, line] of lines.entries()) {
  const { en, es } = JSON.parse(line);
  const text = at % 2 === 0 ? `>>es<< ${en}` : `>>en<< ${es[0]}`;
  const inputs = tokenizer(text);
  const output = await model.generate({ ...inputs, num_beams: 1, do_sample: false, max_length: 256 });
  const { eos_token_id: end } = model.config;
  const tokens = [...output.data].map(Number).slice(1);
  answers.push({
    ids: [...inputs.input_ids.data].map(Number),
    tokens: tokens.filter((token) => token !== end),
  });
}
const text = `[\n${answers.map((each) => JSON.stringify(each)).join(',\n')}\n]\n`;
writeFileSync(join(import.meta.dirname, 'greedy.json'), text);
