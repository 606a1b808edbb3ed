import { z } from 'zod';
import type { Json } from '../run/json.ts';
import { saidText } from '../scorers/expected.ts';
import type { Interval } from '../statistics/interval.ts';
import { wilson } from '../statistics/interval.ts';
import { bothOrders, type OrderSwap, type Preference } from '../statistics/judge.ts';
import { askFor, material, materialOnly } from './reply.ts';

/** Two answers to the same question. */
export interface AnswerPair {
  id: string;
  input: Json;
  a: Json;
  b: Json;
}

/** What a judge prefers over many pairs, as far as it said the same in both orders. */
export interface Preferences extends OrderSwap {
  /** Of the pairs with a winner, the share that `a` won. */
  wins: Interval;
  counts: Record<Preference, number>;
}

const verdict = z.object({ reason: z.string(), better: z.enum(['first', 'second', 'neither']) });

/**
 * Which of two answers a language model prefers by a criterion, asked twice with the answers in both orders: only what it says both times
 * counts, all else is a tie (Zheng et al. 2023, arXiv 2306.05685). Pairs are asked one after the other. Throws what `askFor` throws.
 */
export async function prefer(
  pairs: readonly AnswerPair[],
  criterion: string,
  ask: (prompt: string) => Promise<string>,
  onPair: () => void = () => {},
): Promise<Preferences> {
  const aFirst: Preference[] = [];
  const bFirst: Preference[] = [];
  for (const { input, a, b } of pairs) {
    const one = await askFor(ask, promptOf(criterion, input, a, b), verdict);
    const other = await askFor(ask, promptOf(criterion, input, b, a), verdict);
    aFirst.push(sideOf(one.better, 'a', 'b'));
    bFirst.push(sideOf(other.better, 'b', 'a'));
    onPair();
  }
  const swapped = bothOrders(aFirst, bFirst);
  const counts = { a: 0, b: 0, tie: 0 };
  for (const each of swapped.verdicts) counts[each]++;
  return { ...swapped, counts, wins: wilson(counts.a, counts.a + counts.b) };
}

function promptOf(criterion: string, input: Json, first: Json, second: Json): string {
  return [
    `You compare two answers by one criterion. ${materialOnly} Neither the order of the answers nor their length matters.`,
    material('criterion', criterion),
    material('question', input),
    material('first', saidText(first)),
    material('second', saidText(second)),
    'Which is better by the criterion? Reply with one JSON object and nothing else: {"reason": "one sentence", "better": "first", "second" or "neither"}',
  ].join('\n\n');
}

const sideOf = (
  better: z.infer<typeof verdict>['better'],
  first: Preference,
  second: Preference,
): Preference => (better === 'first' ? first : better === 'second' ? second : 'tie');
