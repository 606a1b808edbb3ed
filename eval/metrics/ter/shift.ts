import type { EditTable } from './edit-table.ts';

/** Tercom's limits: how many words a shift may move, how far apart they may be from where they belong. */
const mostWords = 10;
const farthest = 50;

/** A run of words that the output has at `from` and the reference at `to`. */
interface Run {
  from: number;
  to: number;
  length: number;
}

/** The words from `from` moved to before the word at `target`. */
interface Shift {
  from: number;
  length: number;
  target: number;
  output: Int32Array;
  /** How much less there is to edit afterwards. */
  gain: number;
}

/**
 * The shift that saves most edits; of several the longest, then the one from the earliest place, then to the earliest. Nothing
 * when there is none to try. At most about `limit` are tried, and `tried` says how many.
 */
export function bestShift(
  output: Int32Array,
  reference: Int32Array,
  table: EditTable,
  limit: number,
): { best: Shift | undefined; tried: number } {
  const before = table.distance(output);
  const { places, wrongInOutput, wrongInReference } = table.alignment(output);
  const anyWrong = (wrong: Uint8Array, start: number, length: number) =>
    wrong.subarray(start, start + length).includes(1);
  let best: Shift | undefined;
  let tried = 0;
  for (const { from, to, length } of runsInBoth(output, reference)) {
    const place = places[to] as number;
    if (!anyWrong(wrongInOutput, from, length) || !anyWrong(wrongInReference, to, length)) continue;
    if (from <= place && place < from + length) continue;
    for (const target of targetsOf(to, length, places)) {
      const shifted = moved(output, from, length, target);
      const shift = { from, length, target, output: shifted, gain: before - table.distance(shifted) };
      if (!best || isBetter(shift, best)) best = shift;
      tried++;
    }
    if (tried >= limit) break;
  }
  return { best, tried };
}

function isBetter(one: Shift, other: Shift): boolean {
  const difference =
    one.gain - other.gain || one.length - other.length || other.from - one.from || other.target - one.target;
  return difference > 0;
}

function* runsInBoth(output: Int32Array, reference: Int32Array): Generator<Run> {
  for (let from = 0; from < output.length; from++) {
    const end = Math.min(reference.length, from + farthest + 1);
    for (let to = Math.max(0, from - farthest); to < end; to++) {
      const most = Math.min(mostWords, output.length - from, reference.length - to);
      for (
        let length = 1;
        length <= most && output[from + length - 1] === reference[to + length - 1];
        length++
      ) {
        yield { from, to, length };
      }
    }
  }
}

/** Where a run that belongs at `to` may go: behind where each of the words stands from the one before it to its last. */
function* targetsOf(to: number, length: number, places: Int32Array): Generator<number> {
  let last = -1;
  for (let word = to - 1; word < to + length; word++) {
    const target = word < 0 ? 0 : (places[word] as number) + 1;
    if (target !== last) yield target;
    last = target;
  }
}

function moved(words: Int32Array, from: number, length: number, target: number): Int32Array {
  const run = words.subarray(from, from + length);
  const rest = [...words.subarray(0, from), ...words.subarray(from + length)];
  // A place behind the run is one of the words without it; within the run it means that many words further on.
  const place = target > from + length ? target - length : target;
  return Int32Array.from([...rest.slice(0, place), ...run, ...rest.slice(place)]);
}
