import { z } from 'zod';
import { chatData } from '../chat.ts';
import { citation, outcome } from '../conversation.ts';

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

const textPart = z.object({ type: z.string(), text: z.string().optional() });
export const openAiMessage = z.object({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool', 'function']),
  content: z.union([z.string(), z.array(textPart)], 'Send a text, or parts of type text.').nullish(),
});
export type OpenAiMessage = z.infer<typeof openAiMessage>;

/** `POST /v1/chat/completions`. What OpenAI may add one day is ignored; what would change the answer and cannot is refused. */
export const openAiChatRequest = z.object({
  model: z
    .string()
    .min(1)
    .max(200)
    .describe(
      'One of GET /v1/models: parlance/auto, which quotes the knowledge base, or one that can be talked to',
    ),
  messages: z
    .array(openAiMessage)
    .min(1)
    .describe('Oldest first; the last is the user’s. `parlance/auto` follows no instructions'),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  max_tokens: z.number().int().positive().nullish(),
  max_completion_tokens: z.number().int().positive().nullish(),
  stop: z
    .union(
      [z.string().min(1), z.array(z.string().min(1)).max(4)],
      'Send a text that is not empty, or up to four.',
    )
    .nullish(),
  n: z
    .number()
    .int()
    .positive()
    .nullish()
    .describe('How many answers: 1 of `parlance/auto`, up to 8 of a model'),
  temperature: z
    .number()
    .min(0)
    .max(2)
    .nullish()
    .describe(
      '0 for the likeliest words. When left out as the model’s files have it; where they say nothing 1 if top_p, top_k or a seed is given, else 0',
    ),
  top_p: z.number().min(0).max(1).nullish(),
  top_k: z
    .number()
    .int()
    .min(0)
    .nullish()
    .describe('Not of OpenAI: only so many of the likeliest tokens; 0 for all'),
  frequency_penalty: z.number().min(-2).max(2).nullish(),
  presence_penalty: z.number().min(-2).max(2).nullish(),
  repetition_penalty: z
    .number()
    .min(0.1)
    .max(10)
    .nullish()
    .describe('Not of OpenAI: above 1 for less of what was read or written before'),
  logit_bias: z.record(z.string(), z.number()).nullish().describe('Refused unless empty'),
  seed: z.number().int().nullish().describe('The same answer each time, on the same machine'),
  tools: z.array(z.unknown()).nullish().describe('Refused unless empty'),
  functions: z.array(z.unknown()).nullish().describe('Refused unless empty'),
  response_format: z.object({ type: z.string() }).nullish().describe('Refused unless of type text'),
  logprobs: z.boolean().nullish().describe('Refused when true'),
  modalities: z.array(z.string()).nullish().describe('Refused unless text alone'),
});
export type OpenAiChatRequest = z.infer<typeof openAiChatRequest>;

/** What OpenAI has no field for. */
export const answerGrounds = z
  .object({
    outcome,
    citations: z.array(citation).describe('`start` and `end` are places in `content`, in UTF-16 code units'),
    choices: chatData.choices,
    handoff: chatData.handoff.nullable().describe('A person is needed; nobody is called from here'),
  })
  .nullable();
const finishReason = z.enum(['stop', 'length']);
const completionUsage = z
  .object({
    prompt_tokens: z.number().int(),
    completion_tokens: z.number().int(),
    total_tokens: z.number().int(),
  })
  .describe('Of parlance/auto an estimate, by length: it has no tokens of its own');
const answer = { id: z.string(), created: z.number().int(), model: z.string() };

export const openAiCompletion = z.object({
  ...answer,
  object: z.literal('chat.completion'),
  choices: z.array(
    z.object({
      index: z.number().int(),
      message: z.object({ role: z.literal('assistant'), content: z.string(), refusal: z.null() }),
      logprobs: z.null(),
      finish_reason: finishReason,
    }),
  ),
  usage: completionUsage,
  parlance: answerGrounds,
});
export type OpenAiCompletion = z.infer<typeof openAiCompletion>;

/** One event of a stream. The last but one has the reason of the end and `parlance`; the last, if asked for, the usage. */
export const openAiChunk = z.object({
  ...answer,
  object: z.literal('chat.completion.chunk'),
  choices: z.array(
    z.object({
      index: z.number().int(),
      delta: z.object({ role: z.literal('assistant').optional(), content: z.string().optional() }),
      logprobs: z.null(),
      finish_reason: finishReason.nullable(),
    }),
  ),
  usage: completionUsage.nullish(),
  parlance: answerGrounds.optional(),
});
export type OpenAiChunk = z.infer<typeof openAiChunk>;
