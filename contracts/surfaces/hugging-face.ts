import { z } from 'zod';
import { maxTextsPerCall } from '../task.ts';
import { hypothesisTemplate } from '../tasks/classifications.ts';
import { aggregation } from '../tasks/entities.ts';

/** The error body of Hugging Face's routes. */
export const huggingFaceError = z.object({ error: z.string(), error_type: z.string() });
export type HuggingFaceError = z.infer<typeof huggingFaceError>;

const texts = z.union(
  [z.string(), z.array(z.string()).min(1).max(maxTextsPerCall)],
  'Send a text, or a list of 1 to 1,024.',
);
const sentences = z.object({
  source_sentence: z.string(),
  sentences: z.array(z.string()).min(1).max(maxTextsPerCall),
});

/** How vectors are wanted, of Hugging Face and of TEI alike. */
export const vectorWishes = {
  normalize: z.boolean().nullish().describe('true: the vectors are of unit length and no other'),
  truncate: z
    .boolean()
    .nullish()
    .describe('false refuses texts that are longer than the model reads; else the answer has `x-truncated`'),
  truncation_direction: z
    .string()
    .regex(/^(left|right)$/i, 'Send left or right.')
    .nullish()
    .describe('A text that is too long loses its end; left is refused for one'),
  prompt_name: z.string().nullish().describe('Refused: the models have no prompts'),
  dimensions: z.number().int().positive().nullish().describe('Only the length the model has'),
};

export const textClassificationRequest = z.object({
  inputs: texts,
  parameters: z
    .object({
      top_k: z.number().int().positive().nullish(),
      function_to_apply: z
        .enum(['softmax', 'sigmoid', 'none'])
        .nullish()
        .describe('softmax: the scores are probabilities'),
    })
    .nullish(),
});

export const featureExtractionRequest = z.object({
  inputs: texts,
  ...vectorWishes,
  encoding_format: z.enum(['float', 'base64']).nullish().describe('base64 is refused: /v1/embeddings has it'),
});

export const translationRequest = z.object({
  inputs: texts,
  parameters: z.object({
    src_lang: z.string().nullish().describe('Found for each text when left out'),
    tgt_lang: z.string('Say the language to translate into, such as es.'),
  }),
});

export const tokenClassificationRequest = z.object({
  inputs: texts,
  parameters: z
    .object({
      aggregation_strategy: aggregation.nullish().describe('simple when left out, as there'),
      ignore_labels: z.array(z.string()).nullish().describe('Not among the answers; O never is'),
      stride: z.number().int().min(0).nullish().describe('Without effect: windows share a quarter'),
    })
    .nullish(),
});

/** What bounds the length of an output of theirs, in tokens. */
const lengths = ['max_length', 'min_length', 'max_new_tokens', 'min_new_tokens'] as const;

export const summarizationRequest = z.object({
  inputs: texts,
  parameters: z
    .looseObject({ generate_parameters: z.looseObject({}).nullish() })
    .refine(
      (wishes) => lengths.every((name) => wishes[name] == null && wishes.generate_parameters?.[name] == null),
      'Lengths in tokens are not followed. Leave them out; /api/v1/summaries takes `words`.',
    )
    .nullish(),
});

export const zeroShotClassificationRequest = z.object({
  inputs: texts,
  parameters: z.object({
    candidate_labels: z.array(z.string().max(1000)).max(100).describe('Two at least, each once'),
    multi_label: z
      .boolean()
      .nullish()
      .describe('true judges each label for itself: of models of natural language inference only'),
    hypothesis_template: hypothesisTemplate.nullish(),
  }),
});

export const sentenceSimilarityRequest = z.object({ inputs: sentences });

/** The body of every pipeline; which fields it may have is up to the pipeline. */
export const pipelineRequest = z.looseObject({
  inputs: z
    .union([texts, sentences], 'Send a text, a list of 1 to 1,024, or source_sentence and sentences.')
    .describe('One text or many; for sentence-similarity a sentence and those it is compared with'),
  parameters: z.looseObject({}).nullish(),
});

const classes = z.array(z.object({ label: z.string(), score: z.number() }));
const place = { score: z.number(), word: z.string(), start: z.number().int(), end: z.number().int() };
/** Offsets are code points, as there. Without aggregation a token has `entity`, and else a span `entity_group`. */
const spans = z.array(
  z.union([
    z.object({ entity_group: z.string(), ...place }),
    z.object({ entity: z.string(), index: z.number().int(), ...place }),
  ]),
);

/** Classes of each text, the most probable first; translations; summaries; spans; vectors; or cosines. */
export const pipelineAnswer = z.union([
  z.array(classes),
  classes,
  z.array(z.object({ translation_text: z.string() })),
  z.array(z.object({ summary_text: z.string() })),
  z.array(spans),
  spans,
  z.array(z.array(z.number())),
  z.array(z.number()),
]);
export type PipelineAnswer = z.infer<typeof pipelineAnswer>;
