import type { EntityKind } from '#contracts';
import type { Found, Recogniser } from '../found.ts';
import { NameClassifier } from './classifier.ts';
import { sentenceOf, type Tag } from './features.ts';
import { packed, scale } from './weights.gen.ts';
import { type Word, wordsIn } from './words.ts';

/** Chosen on development rows (`npm run train:names`). */
const lean = 0;

let classifier: NameClassifier | undefined;

/** Names of people, places and organizations, by what stands around them, how they are written, and lists. How good: README.md beside this. */
export const names: Recogniser = {
  kinds: ['person', 'place', 'organization'],
  find(plain) {
    classifier ??= NameClassifier.unpack(packed, scale);
    return namesIn(plain, classifier, lean);
  },
};

/** The names that a classifier finds in a folded text. */
export function namesIn(plain: string, classifier: NameClassifier, lean: number): Found[] {
  const words = wordsIn(plain);
  const tagged = classifier.tag(sentenceOf(words.map(({ text }) => text)), lean);
  const found: Found[] = [];
  for (const [at, { tag, probability }] of tagged.entries()) {
    const word = words[at] as Word;
    const open = found.at(-1);
    if (tag === 'O' || !mayStand(word.text, tag)) continue;
    if (tag.startsWith('I-')) {
      if (open?.end !== words[at - 1]?.end || !open) continue;
      open.end = word.end;
      open.score = Math.min(open.score, round(probability));
    } else {
      const type = tag.slice(2) as EntityKind;
      found.push({ type, start: word.start, end: word.end, score: round(probability), source: 'names' });
    }
  }
  return found;
}

/** A name begins with a word, and inside are words and the signs between them: J. Smith, AT&T, Paris, France. */
function mayStand(word: string, tag: Tag): boolean {
  if (/^\p{L}[^\p{N}]*$/u.test(word)) return true;
  return tag === 'I-place' ? /^[.,'-]/.test(word) : tag.startsWith('I-') && /^[.&'-]/.test(word);
}

const round = (share: number) => Math.round(share * 100) / 100;
