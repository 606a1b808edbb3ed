import { ParlanceError } from '#contracts';
import type { KernelInput, KernelOutput } from '../kernel.ts';
import type { RemotePart } from './server.ts';

/** What there is to read of an input; nothing of a conversation, which no server is asked to go on with. */
export const textOf = (input: KernelInput): string =>
  typeof input === 'string' ? input : 'text' in input ? input.text : '';

/** A list in pieces of at most `size`. */
export function inPieces<T>(list: readonly T[], size: number): T[][] {
  const pieces: T[][] = [];
  for (let from = 0; from < list.length; from += size) pieces.push(list.slice(from, from + size));
  return pieces;
}

/**
 * Answers rows together, or in halves where the server refuses all for the sake of one: what one caller sends must not cost another
 * the answer. `ask` gives an output for each row, or the error that a single row would have.
 */
export async function* inHalves(
  rows: readonly number[],
  ask: (rows: readonly number[]) => Promise<KernelOutput[] | ParlanceError>,
): AsyncGenerator<RemotePart> {
  const answer = await ask(rows);
  if (!(answer instanceof ParlanceError)) {
    yield { rows, outputs: answer };
  } else if (rows.length === 1) {
    yield { rows, outputs: [answer] };
  } else {
    const middle = Math.ceil(rows.length / 2);
    yield* inHalves(rows.slice(0, middle), ask);
    yield* inHalves(rows.slice(middle), ask);
  }
}
