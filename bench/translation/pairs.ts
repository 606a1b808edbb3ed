import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const folder = join(import.meta.dirname, '../../../shared/data/translation');

/** A text and the translations that would be right. */
export interface Pair {
  text: string;
  references: string[];
}

/** A set of pairs in one direction. */
export interface PairSet {
  name: string;
  source: string;
  target: string;
  pairs: Pair[];
}

/** The held-out sets: short general sentences, and news. Throws when the folder of data is not there. */
export function heldOutSets(): PairSet[] {
  return [
    ['Tatoeba test', 'tatoeba-en-es.test.jsonl.gz'],
    ['NTREX news', 'ntrex-en-es.jsonl.gz'],
  ].flatMap(([name = '', file = '']) => {
    const rows = read(file);
    return [
      { name, source: 'en', target: 'es', pairs: rows.map(({ en, es }) => ({ text: en, references: es })) },
      {
        name,
        source: 'es',
        target: 'en',
        pairs: rows.map(({ en, es }) => ({ text: es[0] ?? '', references: [en] })),
      },
    ];
  });
}

function read(file: string): { en: string; es: string[] }[] {
  const path = join(folder, file);
  if (!existsSync(path))
    throw new Error(`There is no ${file} in shared/data/translation beside this repository.`);
  const lines = gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n');
  return lines.map((line) => {
    const { en, es } = JSON.parse(line) as { en: string; es: string | string[] };
    return { en, es: [es].flat() };
  });
}
