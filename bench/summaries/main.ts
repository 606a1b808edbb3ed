import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startServices } from '../retrieval/base.ts';
import { mtsDialog, qmSum, sciTldr } from './data.ts';
import { dialogues, measureFacts } from './facts.ts';
import { measureCollection } from './measure.ts';

/**
 * How good summaries are beside the first sentences and beside TextRank, and whether the facts of conversations are found, through the real task.
 *   npm run eval:summaries             the sets for testing, written to bench/summaries/results.json
 *   npm run eval:summaries -- --dev    those that may be looked at while anything is being chosen
 *   npm run eval:summaries -- --facts  conversations only
 * The sets are read from ../shared/data and not part of the project.
 */
const dev = process.argv.includes('--dev');
const factsOnly = process.argv.includes('--facts');
const file = join(import.meta.dirname, 'results.json');
const all = dev ? [sciTldr('dev'), mtsDialog('dev')] : [sciTldr('test'), qmSum(), mtsDialog('test')];
const collections = factsOnly ? [] : all;
const conversations = dialogues(dev ? 'dev-dialogues_001' : 'test-dialogues_010');

const { services, stop } = await startServices();
try {
  const results: Record<string, unknown> = factsOnly ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const report = (name: string, value: unknown) => {
    results[name] = value;
    console.log(`\n${name}\n${JSON.stringify(value, null, 1)}`);
  };
  for (const collection of collections) {
    if (collection) report(collection.name, await measureCollection(services, collection));
  }
  if (conversations) report('facts of conversations', await measureFacts(services, conversations));
  const whole = conversations && collections.every(Boolean);
  if (!dev && whole) {
    writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
    console.log('\nWritten to bench/summaries/results.json.');
  }
} finally {
  await stop();
}
