import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openHistory } from './history.ts';
import { measureTask } from './measure.ts';

/**
 * Speed and memory as ratios against bare onnxruntime in the same minutes on the same texts.
 *   npm run bench                       sentiment and embeddings
 *   npm run bench -- --task sentiment --seconds 10 --no-overload --no-history
 */
const root = join(import.meta.dirname, '..');
const models: Record<string, string> = { sentiment: 'sentiment', embeddings: 'all-MiniLM-L6-v2' };
const { tasks, seconds, overload, keep } = readArguments(process.argv.slice(2));
const { texts } = JSON.parse(readFileSync(join(import.meta.dirname, 'texts.json'), 'utf8')) as {
  texts: string[];
};
// Before anything is measured: minutes of work must not be lost to what could have been known.
const history = keep ? openHistory(root) : undefined;

for (const task of tasks) {
  console.log(`\n${task}: ${texts.length} texts of about 24 tokens, ${seconds} s a row`);
  const folder = join(root, 'models', models[task] ?? '');
  const measured = await measureTask({ root, task, folder, texts, seconds, overload });
  history?.add({ task, ...measured });
}

function readArguments(words: string[]) {
  const after = (flag: string) => (words.includes(flag) ? words[words.indexOf(flag) + 1] : undefined);
  const task = after('--task');
  if (task && !models[task]) throw new Error(`--task is ${Object.keys(models).join(' or ')}`);
  return {
    tasks: task ? [task] : Object.keys(models),
    seconds: Number(after('--seconds') ?? 8),
    overload: !words.includes('--no-overload'),
    keep: !words.includes('--no-history'),
  };
}
