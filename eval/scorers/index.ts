import { cost, latency, tokens } from './effort.ts';
import { eventLog } from './event-log.ts';
import { citationPrecision, groundedness } from './grounding.ts';
import { accuracy, f1, mcc, precision, recall } from './labels.ts';
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
  contains,
  avoids,
  'citation-precision': citationPrecision,
  groundedness,
  'event-log': eventLog,
  latency,
  tokens,
  cost,
} as const;
export type ScorerName = keyof typeof scorers;
