import { type ModelCard, ParlanceError } from '#contracts';
import type { Caller } from '#inference';
import type { Inference } from '../inference.ts';
import { runWhole, type WholeCall } from './whole-call.ts';

/** How a client wants vectors. What it leaves out is as the model has it. */
export interface VectorWishes {
  normalize?: boolean | null | undefined;
  dimensions?: number | null | undefined;
  truncate?: boolean | null | undefined;
  truncation_direction?: string | null | undefined;
  prompt_name?: string | null | undefined;
}

export interface Vectors {
  vectors: number[][];
  card: ModelCard;
  tokens: number;
  /** A text was longer than the model reads, and its end was left out. */
  truncated: boolean;
}

/**
 * Texts as unit vectors in their order, or a word on why not: what was wished for and cannot be is never silently left out.
 * Whether a text is too long is known once it was read.
 * @throws ParlanceError as `runWhole`, `unsupported` for a wish, `invalid_input` for a text that must not be cut
 */
export async function vectorsOf(
  { tasks, catalogue }: Pick<Inference, 'tasks' | 'catalogue'>,
  call: Pick<WholeCall<'embeddings'>, 'texts' | 'model' | 'pointer'>,
  wishes: VectorWishes,
  caller: Caller,
): Promise<Vectors> {
  const card = catalogue.forTask(['embeddings'], call.model);
  refuseWishes(card, wishes);
  const { results, usage } = await runWhole(tasks, 'embeddings', call, caller);
  const left = wishes.truncation_direction?.toLowerCase() === 'left';
  if (usage.truncated && (wishes.truncate === false || left)) {
    const remedy = left ? 'Only the end of a text can be cut off.' : 'Shorten it, or allow `truncate`.';
    const detail = `A text is longer than the ${card.maxTokens} tokens that ${card.id} reads. ${remedy}`;
    throw ParlanceError.field(call.pointer(0), detail);
  }
  const vectors = results.map(({ vector }) => vector as number[]);
  return { vectors, card, tokens: usage.inputTokens, truncated: usage.truncated };
}

/** Throws `unsupported` for vectors that the model does not have. */
export function refuseDimensions(card: ModelCard, dimensions: number | null | undefined): void {
  if (!dimensions || dimensions === card.dimensions) return;
  const detail = `Vectors of ${card.id} have ${card.dimensions} numbers and cannot be shortened. Leave \`dimensions\` out.`;
  throw ParlanceError.field('/dimensions', detail, 'unsupported');
}

function refuseWishes(card: ModelCard, { normalize, prompt_name, dimensions }: VectorWishes): void {
  refuseDimensions(card, dimensions);
  if (normalize === false && card.normalize !== false) {
    const detail = `Vectors of ${card.id} are of unit length. Leave \`normalize\` out.`;
    throw ParlanceError.field('/normalize', detail, 'unsupported');
  }
  if (typeof prompt_name === 'string') {
    throw ParlanceError.field(
      '/prompt_name',
      `${card.id} has no prompts. Leave \`prompt_name\` out.`,
      'unsupported',
    );
  }
}

/** What a bare list of vectors cannot say, in headers. */
export const vectorHeaders = ({ tokens, truncated }: Pick<Vectors, 'tokens' | 'truncated'>) => ({
  'x-compute-tokens': String(tokens),
  'x-truncated': String(truncated),
});

/** Of two vectors of unit length, six decimals. */
export function cosineOf(a: readonly number[], b: readonly number[]): number {
  const sum = a.reduce((total, value, at) => total + value * (b[at] ?? 0), 0);
  return Math.round(Math.min(1, Math.max(-1, sum)) * 1e6) / 1e6;
}
