import { createHash } from 'node:crypto';
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

/**
 * The held-out sets: short general sentences, news, and the tenth of the strings of a help desk and a shop that no model of ours is trained
 * on. Throws when the folder of data is not there.
 */
export function heldOutSets(): PairSet[] {
  const sets: [string, Row[]][] = [
    ['Tatoeba test', pairsIn('tatoeba-en-es.test.jsonl.gz')],
    ['NTREX news', pairsIn('ntrex-en-es.jsonl.gz')],
    ['Support strings', stringsIn('support-strings-en-es.tsv.gz').filter(({ en }) => isHeldOut(en))],
  ];
  return sets.flatMap(([name, rows]) => {
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

interface Row {
  en: string;
  es: string[];
}

function pairsIn(file: string): Row[] {
  return linesOf(file).map((line) => {
    const { en, es } = JSON.parse(line) as { en: string; es: string | string[] };
    return { en, es: [es].flat() };
  });
}

function stringsIn(file: string): Row[] {
  const cells = linesOf(file).map((line) => line.split('\t').map((cell) => cell.trim()));
  return cells.flatMap(([, en, es]) => (en && es ? [{ en, es: [es] }] : []));
}

/** As `is_test` of training/recipes/translation/data.py has it. */
function isHeldOut(english: string): boolean {
  const folded = english
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_]+/gu, ' ')
    .trim();
  return BigInt(`0x${createHash('sha256').update(folded).digest('hex')}`) % 10n === 0n;
}

function linesOf(file: string): string[] {
  const path = join(folder, file);
  if (!existsSync(path))
    throw new Error(`There is no ${file} in shared/data/translation beside this repository.`);
  return gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n');
}
