import { z } from 'zod';
import { taskName } from './task-name.ts';
import { entityKind } from './tasks/entities.ts';

/** Never leads out of the folder that it is in. */
const modelPath = z.string().regex(/^(?!\/)(?!.*\.\.)[\w./-]+$/, 'a relative path without ..');

/** `name`, or `owner/name` as hubs have it. It is a folder too, so that neither may begin with a dot. */
export const modelId = z
  .string()
  .max(200)
  .regex(
    /^(?!\.)[\w.-]+(\/(?!\.)[\w.-]+)?$/,
    'Give a name, or owner/name, of letters, digits, dots and hyphens.',
  );

/** One file of a model, addressed relative to the model's folder and pinned by content. */
export const modelFile = z.object({
  path: modelPath,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  size: z.number().int().positive().describe('Bytes'),
});
export type ModelFile = z.infer<typeof modelFile>;

/** A figure measured on held-out rows, with its 95 % interval. */
export const modelQuality = z.object({
  dataset: z.string(),
  metric: z.string(),
  value: z.number(),
  low: z.number().optional(),
  high: z.number().optional(),
  rows: z.number().int(),
});

/** A direction that a model translates in, and how it is asked to. */
export const translationPair = z.object({
  source: z.string().describe('BCP 47'),
  target: z.string().describe('BCP 47'),
  prefix: z.string().default('').describe('Written before the text'),
  sourceToken: z
    .string()
    .optional()
    .describe('The token of the language of the text, where the tokenizer puts one before or after it'),
  forced: z.string().optional().describe('The token that every output begins with'),
});
export type TranslationPair = z.infer<typeof translationPair>;

/** What a model can be made for: a task, or to be talked to. */
export const modelTask = z.enum([...taskName.options, 'chat']);
export type ModelTask = z.infer<typeof modelTask>;

/** A server that has the model, where no files of it are here. */
export const modelEndpoint = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .refine((url) => !/[?#@]/.test(url), 'No name, key or query: name the key by `key`.')
    .describe('Where the paths of its protocol begin, such as http://gpu-1:8000'),
  model: z.string().min(1).optional().describe('What the server calls it; its id when left out'),
  key: z
    .string()
    .regex(/^[A-Z_][A-Z0-9_]*$/, 'the name of a variable, not a key')
    .optional()
    .describe('The variable of the environment that holds the key'),
});
export type ModelEndpoint = z.infer<typeof modelEndpoint>;

/** What the catalogue knows about a model: where it came from, what it is for, how good it was measured to be. */
export const modelCard = z.object({
  id: modelId,
  revision: z.string().regex(/^(?!\.)[\w.-]+$/),
  name: z.string(),
  description: z.string(),
  task: modelTask,
  kernel: z
    .string()
    .describe(
      'What runs beside the graph: sequence-classification, sentence-embedding, seq2seq, token-classification, cross-encoder, causal; empty for a server that reads texts',
    ),
  engine: z.string().describe('onnx; tei, openai or kserve for a model behind an endpoint'),
  dtype: z.enum(['fp32', 'fp16', 'int8', 'unknown']),
  source: z.enum(['bundled', 'dir', 'hub', 'trained', 'remote']),
  endpoint: modelEndpoint.optional(),
  licence: z.string().describe('SPDX identifier'),
  languages: z.array(z.string()).describe('BCP 47'),
  graph: modelPath.or(z.literal('')).describe('The ONNX file among `files`; empty behind an endpoint'),
  decoder: modelPath.optional().describe('That of the decoder, where `graph` is only an encoder'),
  decoderNext: modelPath
    .optional()
    .describe('That of the decoder that goes on from a cache, where it is a graph of its own'),
  pairs: z.array(translationPair).optional().describe('What it translates from and to'),
  languageTokens: z
    .record(z.string(), z.string())
    .optional()
    .describe('Of one that translates between any two languages the token of each, by BCP 47'),
  prefix: z.string().optional().describe('Written before every text that it is to sum up'),
  files: z.array(modelFile),
  maxTokens: z.number().int().positive().describe('Most tokens it reads; for chat, reads and writes'),
  labels: z.array(z.string()).optional().describe('Class names in the order of the logits'),
  kinds: z
    .record(z.string(), entityKind)
    .optional()
    .describe('What its labels of entities are, where their names do not say it'),
  dimensions: z.number().int().positive().optional().describe('Length of an embedding'),
  pooling: z.enum(['mean', 'cls']).optional(),
  normalize: z.boolean().optional(),
  card: modelPath.optional().describe('Markdown model card, relative to the model folder'),
  quality: z.array(modelQuality).default([]),
});
export type ModelCard = z.infer<typeof modelCard>;

export const catalogue = z.object({ models: z.array(modelCard) });
export type Catalogue = z.infer<typeof catalogue>;

/** `damaged` names a file that does not have the catalogued size or sha256. */
export const modelState = z.enum(['available', 'loading', 'ready', 'damaged', 'failed']);
export type ModelState = z.infer<typeof modelState>;

/** What a server has measured of a model by serving it: divide by `busyMs` for the speed of one worker. */
export const modelServed = z.object({
  texts: z.number().int(),
  tokens: z.number().int().describe('Read and written'),
  busyMs: z.number().describe('Milliseconds that workers spent on them'),
});

/** A card as `/api/v1/models` shows it. */
export const modelStatus = modelCard
  .omit({ files: true, graph: true, decoder: true, decoderNext: true, endpoint: true })
  .extend({
    state: modelState,
    reason: z.string().optional().describe('Why it cannot be used'),
    retryAfter: z.number().int().optional().describe('Seconds until a model that failed is tried again'),
    bytes: z.number().int().describe('Of its files'),
    default: z.boolean().describe('Answers where nobody asks for a model'),
    pinned: z.boolean().describe('Held by every worker at all times'),
    workers: z.number().int().describe('That hold it'),
    memoryBytes: z.number().int().optional().describe('What a worker grew by when it loaded it'),
    loadMs: z.number().optional().describe('The last time it was loaded, warm-up included'),
    served: modelServed.describe('Since this server started'),
  });
export type ModelStatus = z.infer<typeof modelStatus>;

/** Something in a folder of models that cannot be served, and what would mend it. */
export const unusableModel = z.object({ id: z.string(), reason: z.string() });
export type UnusableModel = z.infer<typeof unusableModel>;

export const modelList = z.object({ models: z.array(modelStatus), unusable: z.array(unusableModel) });
/** `GET /models/{id}`: the status and the full model card text in Markdown. */
export const modelDetail = modelStatus.extend({ cardText: z.string() });
export type ModelDetail = z.infer<typeof modelDetail>;
