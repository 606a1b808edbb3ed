import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Proportion } from '#eval';
import { findEntities } from '#nlp';
import { readCarriers } from './carriers.ts';
import { measureNames } from './names/report.ts';
import { measurePatterns } from './patterns.ts';
import { Random } from './random.ts';

/**
 * How well values of every checked kind are found in real utterances, in disguise and beside near misses.
 *   npm run eval:redaction             on development rows, with what went wrong
 *   npm run eval:redaction -- --final  on held-out rows and with another seed, written to eval/entities/results.json
 * The utterances are read from ../shared/data and are no part of the project.
 */
const root = join(import.meta.dirname, '..', '..');
const data = join(root, '..', 'shared', 'data');
const final = process.argv.includes('--final');

if (!existsSync(data)) {
  console.error(`Nothing is measured: ${data} is not there.`);
  process.exit(1);
}
const random = new Random(final ? 20_261_130 : 7);
const all = readCarriers(data, final ? 'test' : 'dev');
// What an utterance contains by itself cannot be counted: nobody has marked it.
const carriers = random.shuffled(all.filter((text) => findEntities(text).length === 0)).slice(0, 4000);
const percent = ({ value, low, high }: Proportion) =>
  `${value.toFixed(4)} (${low.toFixed(3)}–${high.toFixed(3)})`;
const patterns = measurePatterns(carriers, 500, random, final ? () => {} : console.log);
const patternResults = { utterances: all.length, usable: carriers.length, valuesPerKind: 500, patterns };
for (const [kind, { recall, precision, covered }] of Object.entries(patterns)) {
  console.log(
    `${kind.padEnd(6)} recall ${percent(recall)}  precision ${percent(precision)}  covered ${percent(covered)}`,
  );
}
const names = measureNames(data, carriers, random, final);
for (const [set, kinds] of Object.entries(names)) {
  for (const [kind, { precision, recall, f1 }] of Object.entries(kinds))
    console.log(
      `${set}, ${kind}: precision ${percent(precision)}, recall ${percent(recall)}, F1 ${f1.toFixed(3)}`,
    );
}
if (final) {
  const results = { ...patternResults, names };
  writeFileSync(join(root, 'eval', 'entities', 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
  console.log('Written to eval/entities/results.json.');
}
