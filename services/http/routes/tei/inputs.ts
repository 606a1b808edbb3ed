import type { z } from 'zod';
import { ParlanceError, type teiEmbedRequest, type teiPredictRequest } from '#contracts';

/**
 * The texts of `/embed`.
 * @throws ParlanceError for token ids, whose meaning differs between models
 */
export function textsOf(inputs: z.infer<typeof teiEmbedRequest>['inputs']): string[] {
  const list = typeof inputs === 'string' ? [inputs] : inputs;
  if (list.every((each) => typeof each === 'string')) return list;
  throw ParlanceError.field('/inputs', 'These are token ids. Send texts.', 'unsupported');
}

/** What `/predict` was asked: the texts, whether as a batch, and where each was written. */
interface Sequences {
  texts: string[];
  batch: boolean;
  pointer(at: number): string;
}

/**
 * The texts of `/predict`, where a list of strings is a single sequence.
 * @throws ParlanceError for a pair of texts, which this route asks no model for
 */
export function sequencesOf(inputs: z.infer<typeof teiPredictRequest>['inputs']): Sequences {
  if (typeof inputs === 'string') return { texts: [inputs], batch: false, pointer: () => '/inputs' };
  if (inputs.every((each) => typeof each === 'string')) {
    return { texts: [single(inputs, '/inputs')], batch: false, pointer: () => '/inputs/0' };
  }
  const rows = inputs as string[][];
  const texts = rows.map((row, at) => single(row, `/inputs/${at}`));
  return { texts, batch: true, pointer: (at) => `/inputs/${at}/0` };
}

function single(row: string[], pointer: string): string {
  const [text = '', other] = row;
  if (other === undefined) return text;
  const detail =
    'This is a pair of texts, which no model is asked for here. Many texts are [["first"], ["second"]].';
  throw ParlanceError.field(pointer, detail, 'unsupported');
}
