import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Random } from './random.ts';

/** Real utterances that values are put into: [file, which column or field]. */
const files = {
  dev: [
    ['support/dstc11.development.jsonl.gz', 'utterance'],
    ['intents/banking77.train.jsonl.gz', 'text'],
    ['support/multilingual-tod.train-es.tsv.gz', 2],
  ],
  test: [
    ['support/dstc11.test-banking.jsonl.gz', 'utterance'],
    ['support/dstc11.test-finance.jsonl.gz', 'utterance'],
    ['intents/banking77.test-a.jsonl.gz', 'text'],
    ['support/multilingual-tod.test-es.tsv.gz', 2],
  ],
} as const;

export function readCarriers(data: string, part: keyof typeof files): string[] {
  return files[part].flatMap(([name, field]) => {
    const file = join(data, name);
    if (!existsSync(file)) {
      console.warn(`Left out: ${file} is not there.`);
      return [];
    }
    const lines = gunzipSync(readFileSync(file)).toString('utf8').split('\n').filter(Boolean);
    return lines.map(
      (line): string => (typeof field === 'number' ? line.split('\t')[field] : JSON.parse(line)[field]) ?? '',
    );
  });
}

/** Where a value stands in an utterance: between two of its words, behind it in a clause of its own, or before it. */
export function placed(utterance: string, value: string, random: Random): { text: string; start: number } {
  const words = utterance.split(' ');
  const at = random.whole(0, words.length);
  const [before, after] = random.one([
    [words.slice(0, at).join(' '), words.slice(at).join(' ')],
    [utterance.replace(/[.?!]*$/, `, ${random.one(['it is', 'here:', 'use', 'es', 'aquí:', 'mira'])}`), ''],
    ['', `. ${utterance}`],
    [`${utterance} (`, ')'],
    [`${utterance}:`, random.one(['.', ', ok?', '!', '; gracias'])],
  ]);
  const lead = before === '' || before.endsWith('(') ? before : `${before} `;
  const tail = after === '' || /^[.,;!)]/.test(after) ? after : ` ${after}`;
  return { text: `${lead}${value}${tail}`, start: lead.length };
}
