import { cost, latency, tokens } from './effort.ts';
import { embeddingSimilarity } from './embedding-similarity.ts';
import { eventLog } from './event-log.ts';
import { fieldF1, spanF1 } from './extracted.ts';
import { citationPrecision, groundedness } from './grounding.ts';
import { jsonSchema } from './json-schema.ts';
import { judge } from './judge.ts';
import { accuracy, f1, mcc, precision, recall } from './labels.ts';
import { editSimilarity, exactMatch, normalizedMatch, pattern, tokenF1 } from './matching.ts';
import { auroc, brier, calibration, logLoss } from './probabilities.ts';
import { map, mrr, ndcg, precisionAt, recallAt } from './ranking.ts';
import { bleu, cer, chrf, rouge, ter, wer } from './texts.ts';
import { avoids, contains } from './wording.ts';

/** Every scorer that a suite can name. A new one is a file, or a few lines in the file of its kind, and a line here. */
export const scorers = {
  accuracy,
  precision,
  recall,
  f1,
  mcc,
  auroc,
  brier,
  'calibration-error': calibration,
  'log-loss': logLoss,
  bleu,
  chrf,
  ter,
  rouge,
  wer,
  cer,
  'recall-at-k': recallAt,
  'precision-at-k': precisionAt,
  ndcg,
  mrr,
  map,
  'exact-match': exactMatch,
  'normalized-match': normalizedMatch,
  'token-f1': tokenF1,
  'edit-similarity': editSimilarity,
  pattern,
  contains,
  avoids,
  'json-schema': jsonSchema,
  'span-f1': spanF1,
  'field-f1': fieldF1,
  'embedding-similarity': embeddingSimilarity,
  'citation-precision': citationPrecision,
  groundedness,
  'event-log': eventLog,
  judge,
  latency,
  tokens,
  cost,
} as const;
export type ScorerName = keyof typeof scorers;
