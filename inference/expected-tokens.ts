import type { KernelInput } from './kernel.ts';

/** Characters an English WordPiece token covers; only an estimate, see `Entry.tokens`. */
const charactersPerToken = 4;
/** What an answer is taken to have, unless it may not have so many. */
const usualAnswer = 512;

/** About how many tokens an input costs, at most `limit`: those that are read, and of an answer those that are written. */
export function expectedTokens(input: KernelInput, limit: number): number {
  const read = (length: number) => 2 + Math.ceil(length / charactersPerToken);
  if (typeof input === 'string') return Math.min(limit, read(input.length));
  if ('text' in input) return Math.min(limit, read(input.text.length));
  const length = input.messages.reduce((sum, { text }) => sum + text.length, 0);
  return Math.min(limit, read(length) + Math.min(usualAnswer, input.maxTokens ?? usualAnswer));
}
