import { z } from 'zod';

/** The error body of OpenAI's routes. */
export const openAiError = z.object({
  error: z.object({
    message: z.string(),
    type: z.string().describe('invalid_request_error, rate_limit_error or server_error'),
    param: z.string().nullable().describe('The field that is wrong, such as messages[0].content'),
    code: z.string().nullable(),
  }),
});
export type OpenAiError = z.infer<typeof openAiError>;

/** Most texts in one call, as OpenAI has it: its clients cut their work into pieces of this size. */
const maxInputs = 2048;
const tokenIds = z.array(z.number().int());

/** `POST /v1/embeddings`. What OpenAI may add one day is ignored. */
export const openAiEmbeddingsRequest = z.object({
  model: z.string().min(1).max(200).describe('An embedding model of GET /v1/models'),
  input: z
    .union(
      [
        z.string(),
        z.array(z.string()).min(1).max(maxInputs),
        tokenIds.min(1),
        z.array(tokenIds).min(1).max(maxInputs),
      ],
      'Send a text, or a list of 1 to 2,048.',
    )
    .describe('One text or up to 2,048. Token ids are refused: they are those of another model'),
  encoding_format: z
    .enum(['float', 'base64'])
    .nullish()
    .describe('base64: little-endian float32. float when left out'),
  dimensions: z
    .number()
    .int()
    .positive()
    .nullish()
    .describe('Only the length the model has: its vectors cannot be shortened'),
  user: z.string().optional(),
});

export const openAiEmbeddings = z.object({
  object: z.literal('list'),
  data: z.array(
    z.object({
      object: z.literal('embedding'),
      index: z.number().int(),
      embedding: z.union([z.array(z.number()), z.string()]),
    }),
  ),
  model: z.string(),
  usage: z.object({ prompt_tokens: z.number().int(), total_tokens: z.number().int() }),
  parlance: z
    .object({ truncated: z.boolean() })
    .describe('Not of OpenAI. `truncated`: a text was longer than the model reads, and its end was left out'),
});

export const openAiModel = z.object({
  id: z.string(),
  object: z.literal('model'),
  created: z.number().int().describe('Seconds since 1970: since when it is served'),
  owned_by: z.string(),
});
export type OpenAiModel = z.infer<typeof openAiModel>;
export const openAiModelList = z.object({ object: z.literal('list'), data: z.array(openAiModel) });
