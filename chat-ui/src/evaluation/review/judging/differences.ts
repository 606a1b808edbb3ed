/** A part of an answer that the other answer has as well, or has not. */
export interface Part {
  text: string;
  own: boolean;
}

/** Beyond this many comparisons of words a page would stand still. */
const mostSteps = 4_000_000;

/**
 * What each of two texts has that the other has not, by words: everything outside their longest common subsequence. The parts of
 * a text joined are the text. Null for texts that are too long for it.
 */
export function differences(first: string, second: string): [Part[], Part[]] | null {
  const [a, b] = [wordsOf(first), wordsOf(second)];
  const head = commonHead(a, b);
  const tail = commonTail(a, b, head);
  const [middleA, middleB] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)];
  if (middleA.length * middleB.length > mostSteps) return null;
  const [ownA, ownB] = owned(middleA, middleB);
  return [joined(a, head, ownA), joined(b, head, ownB)];
}

/** Words, and what is between them. */
const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}]+|\s+|[^\p{L}\p{N}\s]/gu) ?? [];

function commonHead(a: string[], b: string[]): number {
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at++;
  return at;
}

function commonTail(a: string[], b: string[], head: number): number {
  let size = 0;
  while (size < Math.min(a.length, b.length) - head && a.at(-1 - size) === b.at(-1 - size)) size++;
  return size;
}

/** Of each text the words outside the longest common subsequence, by the table of their lengths from the end. */
function owned(a: string[], b: string[]): [boolean[], boolean[]] {
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const [ownA, ownB] = [a.map(() => true), b.map(() => true)];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      ownA[i++] = false;
      ownB[j++] = false;
    } else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return [ownA, ownB];
}

function joined(words: string[], head: number, own: boolean[]): Part[] {
  const parts: Part[] = [];
  for (const [index, text] of words.entries()) {
    const isOwn = own[index - head] ?? false;
    const last = parts.at(-1);
    if (last?.own === isOwn) last.text += text;
    else parts.push({ text, own: isOwn });
  }
  return parts;
}
