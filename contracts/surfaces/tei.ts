import { z } from 'zod';
import { maxTextsPerCall } from '../task.ts';
import { vectorWishes } from './hugging-face.ts';

/** The error body of the routes of text-embeddings-inference. */
export const teiError = z.object({
  error: z.string(),
  error_type: z.string().describe('Validation, Overloaded, Backend, or a code of ours'),
});
export type TeiError = z.infer<typeof teiError>;

const tokenIds = z.array(z.number().int());
const list = z.array(z.string()).min(1).max(maxTextsPerCall);

export const teiEmbedRequest = z.object({
  inputs: z
    .union(
      [z.string(), list, tokenIds.min(1), z.array(tokenIds).min(1).max(maxTextsPerCall)],
      'Send a text, or a list of 1 to 1,024.',
    )
    .describe('One text or many. Token ids are refused'),
  ...vectorWishes,
});
export const teiVectors = z.array(z.array(z.number()));

/** A list of texts is one sequence: many texts are a list of lists. */
export const teiPredictRequest = z.object({
  inputs: z
    .union(
      [z.string(), z.array(z.string()).min(1).max(2), z.array(list.max(2)).min(1).max(maxTextsPerCall)],
      'Send a text, or a list of lists of one text each, such as [["first"], ["second"]].',
    )
    .describe('One text, or `[["first"], ["second"]]`. `["a", "b"]` is a pair, which no model here reads'),
  raw_scores: z.boolean().nullish().describe('false: the scores are probabilities'),
  truncate: z.boolean().nullish(),
});
const classes = z.array(z.object({ score: z.number(), label: z.string() }));
export const teiPrediction = z.union([classes, z.array(classes)]);

export const teiRerankRequest = z.object({
  query: z.string(),
  texts: list,
  raw_scores: z
    .boolean()
    .nullish()
    .describe(
      'true: the logit of a cross-encoder, or the cosine, −1…1; else what these are between 0 and 1: the logistic function of the logit, half of one more than the cosine',
    ),
  return_text: z.boolean().nullish(),
  truncate: vectorWishes.truncate,
  truncation_direction: vectorWishes.truncation_direction,
});
export const teiRanking = z.array(
  z.object({ index: z.number().int(), score: z.number(), text: z.string().optional() }),
);

export const teiSimilarityRequest = z.object({
  inputs: z.object({ source_sentence: z.string(), sentences: list }),
  parameters: z
    .object({ truncate: vectorWishes.truncate, truncation_direction: vectorWishes.truncation_direction })
    .nullish(),
});
export const teiSimilarity = z.array(z.number());

export const teiTokenizeRequest = z.object({
  inputs: z.union([z.string(), list], 'Send a text, or a list of 1 to 1,024.'),
  add_special_tokens: z.boolean().nullish().describe('true when left out'),
});
/** Of every text its tokens. Offsets are code points; special tokens have none. */
export const teiTokens = z.array(
  z.array(
    z.object({
      id: z.number().int(),
      text: z.string(),
      special: z.boolean(),
      start: z.number().int().nullable(),
      stop: z.number().int().nullable(),
    }),
  ),
);

/** Most tokens that are written out as text in one list. */
const maxTokenIds = 100_000;
const writable = z.array(z.number().int().min(0)).max(maxTokenIds);
export const teiDecodeRequest = z.object({
  ids: z.union([writable, z.array(writable).max(maxTextsPerCall)], 'Send token ids, or lists of them.'),
  skip_special_tokens: z.boolean().nullish().describe('true when left out'),
});
export const teiTexts = z.array(z.string());

const labelled = {
  id2label: z.record(z.string(), z.string()),
  label2id: z.record(z.string(), z.number().int()),
};

export const teiInfo = z.object({
  model_id: z.string(),
  model_sha: z.string(),
  model_dtype: z.string(),
  served_model_name: z.string(),
  model_type: z.union([
    z.object({ embedding: z.object({ pooling: z.string() }) }),
    z.object({ classifier: z.object(labelled) }),
    z.object({ reranker: z.object(labelled) }),
  ]),
  max_concurrent_requests: z
    .number()
    .int()
    .describe('The queue is bounded in tokens: no more requests fit in'),
  max_input_length: z.number().int(),
  max_batch_tokens: z.number().int(),
  max_batch_requests: z.number().int(),
  max_client_batch_size: z.number().int(),
  auto_truncate: z.boolean(),
  tokenization_workers: z.number().int(),
  version: z.string(),
  sha: z.null(),
  docker_label: z.null(),
});
