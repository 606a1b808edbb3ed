import { z } from 'zod';
import { bleuMetric } from '../metrics/bleu/bleu.ts';
import { chrfMetric } from '../metrics/chrf.ts';
import type { CountedMetric } from '../metrics/counted.ts';
import { characterErrors, type ErrorRateRow, wordErrors } from '../metrics/error-rate/error-rate.ts';
import { rougeMetric } from '../metrics/rouge/rouge.ts';
import { terMetric } from '../metrics/ter/ter.ts';
import type { TextRow } from '../metrics/text/row.ts';
import type { Wording } from '../statistics/words.ts';
import { expectedTexts, saidText } from './expected.ts';
import { defineScorer } from './scorer.ts';

function textScorer<O>(
  name: string,
  summary: string,
  options: z.ZodType<O>,
  metric: (options: O) => CountedMetric<TextRow>,
  wording: Wording = {},
) {
  // Of both texts only what they count for is kept: a run of many long ones must fit into memory.
  return defineScorer<O, number[]>({
    ...{ name, summary, options, wording },
    judge: (said, chosen) =>
      metric(chosen).count({ output: saidText(said.output), references: expectedTexts(said) }),
    missed: (asked, chosen) => metric(chosen).count({ output: '', references: expectedTexts(asked) }),
    measure: (counts, chosen) => metric(chosen).measure(counts),
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
  bleuMetric,
  outOfHundred,
);
export const chrf = textScorer(
  'chrf',
  'chrF2, or chrF++ with words: 2, as sacreBLEU has them, 0 to 100',
  z.strictObject({ words: z.union([z.literal(0), z.literal(2)]).default(0), lowercase }),
  chrfMetric,
  outOfHundred,
);
export const ter = textScorer(
  'ter',
  'Translation edit rate as sacreBLEU has it, 0 and up',
  none,
  () => terMetric(),
  outOfHundred,
);
export const rouge = textScorer(
  'rouge',
  'ROUGE as rouge-score has it: 1, 2, L (a text is one sentence) or Lsum (each line is one)',
  z.strictObject({ variant: z.enum(['1', '2', 'L', 'Lsum']), stemmer: z.boolean().default(false) }),
  ({ variant, stemmer }) => rougeMetric(variant, { stemmer }),
);

/** Of several texts that would be right, the first: edits are counted against one. */
const single = ({ count, measure }: CountedMetric<ErrorRateRow>): CountedMetric<TextRow> => ({
  count: ({ output, references }) => count({ output, reference: references[0] ?? '' }),
  measure,
});

export const wer = textScorer('wer', 'Word error rate as jiwer has it', none, () => single(wordErrors));
export const cer = textScorer('cer', 'Character error rate as jiwer has it', none, () =>
  single(characterErrors),
);
