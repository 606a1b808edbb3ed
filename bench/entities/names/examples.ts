import { bareWord, listedAs, type Tag, wordsIn } from '#nlp';
import type { Marked, MarkedText } from './rows.ts';

/** A text in words with the tag of each; none where nobody knows. */
export interface Example {
  words: string[];
  gold: (Tag | undefined)[];
}

/** A name that consists of common words is none: home, the mall, a restaurant. */
function isGeneric(text: string, { start, end, kind }: Marked): boolean {
  if (kind === 'ignore' || kind === 'person') return false;
  const words = wordsIn(text.slice(start, end)).map((word) => bareWord(word.text));
  return listedAs(words).every(
    (listed, at) => !listed.includes('P') && (listed.includes('c') || !/\p{L}/u.test(words[at] ?? '')),
  );
}

/** Marks as they are counted: generic names become `ignore`. */
export const countedMarks = ({ text, marks }: MarkedText): Marked[] =>
  marks.map((mark) => (isGeneric(text, mark) ? { ...mark, kind: 'ignore' } : mark));

export function exampleOf(marked: MarkedText): Example {
  const marks = countedMarks(marked);
  const words = wordsIn(marked.text);
  return {
    words: words.map(({ text }) => text),
    gold: words.map(({ start, end }) => {
      const mark = marks.find((each) => each.start < end && start < each.end);
      if (!mark) return 'O';
      if (mark.kind === 'ignore') return undefined;
      const first = !words.some((word) => word.start < start && word.end > mark.start);
      return `${first ? 'B' : 'I'}-${mark.kind}` as Tag;
    }),
  };
}
