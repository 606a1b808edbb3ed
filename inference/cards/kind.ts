import { z } from 'zod';
import type { ModelCard, ModelTask } from '#contracts';
import type { ModelLayout } from './layout.ts';

/** What `config.json` says that tells models apart. Everything else in it is the graph's own business. */
export const modelConfig = z.looseObject({
  architectures: z.array(z.string()).nullish(),
  model_type: z.string().nullish(),
  hidden_size: z.number().int().positive().nullish(),
  dim: z.number().int().positive().nullish(),
  d_model: z.number().int().positive().nullish(),
  max_position_embeddings: z.number().int().positive().nullish(),
  n_positions: z.number().int().positive().nullish(),
  id2label: z.record(z.string(), z.string()).nullish(),
  problem_type: z.string().nullish(),
});
export type ModelConfig = z.infer<typeof modelConfig>;

/** What a kind decides from. */
export interface ModelFacts {
  /** By which the model will be asked for; names often say what nothing else does. */
  id: string;
  layout: ModelLayout;
  config: ModelConfig;
  /** BCP 47, as the model's own readme has them. */
  languages: readonly string[];
  /** What a card of ours beside the files says; it goes before whatever a kind finds. */
  own: Partial<ModelCard>;
  /** What somebody wants it for; the kind's own choice where nobody says. */
  task: ModelTask | undefined;
}

/** The part of a card that depends on what kind of model it is. */
export type KindOfCard = Pick<ModelCard, 'task' | 'kernel' | 'graph' | 'dtype' | 'maxTokens'> &
  Partial<
    Pick<
      ModelCard,
      | 'decoder'
      | 'decoderNext'
      | 'labels'
      | 'dimensions'
      | 'pooling'
      | 'normalize'
      | 'pairs'
      | 'languageTokens'
      | 'prefix'
    >
  >;

/** A kind of model in Hugging Face layout: how it is told from others, and what its card says. */
export interface ModelKind {
  readonly name: string;
  /**
   * Undefined for a model of another kind.
   * @throws ParlanceError `unsupported` for one of this kind that cannot be served, with what is missing
   */
  describe(facts: ModelFacts): Promise<KindOfCard | undefined>;
}
