import { z } from 'zod';
import { bleu as bleuOf } from '../metrics/bleu/bleu.ts';
import { chrf as chrfOf } from '../metrics/chrf.ts';
import { characterErrorRate, type ErrorRateRow, wordErrorRate } from '../metrics/error-rate/error-rate.ts';
import type { Measured } from '../metrics/metric.ts';
import { rouge as rougeOf } from '../metrics/rouge/rouge.ts';
import { ter as terOf } from '../metrics/ter/ter.ts';
import type { TextRow } from '../metrics/text/row.ts';
import type { Wording } from '../statistics/words.ts';
import { expectedTexts, saidText } from './expected.ts';
import { defineScorer } from './scorer.ts';

/** What was written, and the texts that would have been right. */
type Evidence = [output: string, references: string[]];

function textScorer<O>(
  name: string,
  summary: string,
  options: z.ZodType<O>,
  measure: (rows: TextRow[], options: O) => Measured,
  wording: Wording = {},
) {
  return defineScorer<O, Evidence>({
    ...{ name, summary, options, wording },
    judge: (said) => [saidText(said.output), expectedTexts(said)],
    missed: (asked) => ['', expectedTexts(asked)],
    measure: (evidence, chosen) =>
      measure(
        evidence.map(([output, references]) => ({ output, references })),
        chosen,
      ),
  });
}

const none = z.strictObject({});
/** Of metrics that are from 0 to 100 already. */
const outOfHundred: Wording = { scale: 1 };
const lowercase = z.boolean().default(false);

export const bleu = textScorer(
  'bleu',
  'BLEU as sacreBLEU has it, 0 to 100',
  z.strictObject({
    tokenizer: z.enum(['13a', 'char', 'none']).default('13a'),
    smoothing: z.enum(['exp', 'floor', 'add-k', 'none']).default('exp'),
    lowercase,
  }),
  bleuOf,
  outOfHundred,
);
export const chrf = textScorer(
  'chrf',
  'chrF2, or chrF++ with words: 2, as sacreBLEU has them, 0 to 100',
  z.strictObject({ words: z.union([z.literal(0), z.literal(2)]).default(0), lowercase }),
  chrfOf,
  outOfHundred,
);
export const ter = textScorer(
  'ter',
  'Translation edit rate as sacreBLEU has it, 0 and up',
  none,
  terOf,
  outOfHundred,
);
export const rouge = textScorer(
  'rouge',
  'ROUGE as rouge-score has it: 1, 2, L (a text is one sentence) or Lsum (each line is one)',
  z.strictObject({ variant: z.enum(['1', '2', 'L', 'Lsum']), stemmer: z.boolean().default(false) }),
  (rows, { variant, stemmer }) => rougeOf(rows, variant, { stemmer }),
);

/** Of several texts that would be right, the first: edits are counted against one. */
const single = (rows: TextRow[]): ErrorRateRow[] =>
  rows.map(({ output, references }) => ({ output, reference: references[0] ?? '' }));

export const wer = textScorer('wer', 'Word error rate as jiwer has it', none, (rows) =>
  wordErrorRate(single(rows)),
);
export const cer = textScorer('cer', 'Character error rate as jiwer has it', none, (rows) =>
  characterErrorRate(single(rows)),
);
