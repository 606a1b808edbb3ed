import type { GlossaryEntry } from '#contracts';
import { numbersOf, type Protected, protectedIn } from './protected.ts';
import { mask, restore, type StandIns, standIns } from './stand-ins.ts';

/** A translation and the mean log probability of its tokens. */
export interface Translated {
  text: string;
  score: number;
}

/** Translates texts all at once, in their order. */
export type Translate = (texts: string[]) => Promise<Translated[]>;

/** Soft hyphens, zero-width blanks and marks of direction: within a word they make two of it. */
const unseen = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;

/** A sentence on its way: what is to be kept of it. */
interface Open {
  at: number;
  sentence: string;
  shouted: boolean;
  pieces: Protected[];
}

/**
 * Translates sentences so that what is protected in them is in the translation, once and unchanged: the model sees stand-ins, others when it
 * spoils them, and in the end only what is between the protected pieces. Numbers that a translation loses are protected as well.
 */
export async function translateSentences(
  sentences: readonly string[],
  glossary: readonly GlossaryEntry[],
  model: Translate,
): Promise<Translated[]> {
  const translate: Translate = (texts) => model(texts.map((text) => text.replace(unseen, '')));
  const done = new Array<Translated>(sentences.length);
  let open = sentences.map(
    (sentence, at): Open => ({
      ...{ at, sentence, shouted: isShouted(sentence) },
      pieces: protectedIn(sentence, glossary),
    }),
  );
  for (const standIn of standIns) {
    open = await attempt(open, standIn, translate, done);
    open = open.map((each) => ({ ...each, pieces: protectedIn(each.sentence, glossary, true) }));
  }
  for (const each of open) done[each.at] = await inPieces(each, translate);
  return done;
}

/**
 * All in capitals, as an angry customer writes: models know hardly a word so. It is translated in small letters, and the translation is
 * put in capitals.
 */
const isShouted = (sentence: string): boolean =>
  !/\p{Ll}/u.test(sentence) && (sentence.match(/\p{Lu}{2,}/gu) ?? []).length > 1;

const quietly = (sentence: string): string => {
  const quiet = sentence.toLowerCase().replace(/\p{L}/u, (first) => first.toUpperCase());
  return quiet.length === sentence.length ? quiet : sentence;
};

/** Fills in what worked out, and returns the others. */
async function attempt(
  open: readonly Open[],
  standIn: StandIns,
  translate: Translate,
  done: Translated[],
): Promise<Open[]> {
  const masked = open.flatMap((each) => {
    const said = each.shouted ? quietly(each.sentence) : each.sentence;
    const text = mask(said, each.pieces, standIn);
    return text === undefined ? [] : [{ ...each, text }];
  });
  const translations = await translate(masked.map(({ text }) => text));
  masked.forEach(({ at, sentence, shouted, pieces }, place) => {
    const { text, score } = translations[place] as Translated;
    const restored = restore(shouted ? text.toUpperCase() : text, pieces, standIn);
    if (restored !== undefined && text.trim() !== '' && sameNumbers(sentence, pieces, restored))
      done[at] = { text: restored, score };
  });
  return open.filter(({ at }) => !done[at]);
}

/** Numbers that a glossary put in or took away are its business. */
function sameNumbers(sentence: string, pieces: readonly Protected[], translation: string): boolean {
  const glossed = pieces.some(({ start, end, becomes }) => becomes !== sentence.slice(start, end));
  return glossed || numbersOf(sentence) === numbersOf(translation);
}

/** Word order suffers; nothing that is protected does. */
async function inPieces({ sentence, shouted, pieces }: Open, translate: Translate): Promise<Translated> {
  const ends = [...pieces.map(({ start }) => start), sentence.length];
  const gaps = ends.map((end, place) => sentence.slice(pieces[place - 1]?.end ?? 0, end));
  const spoken = gaps.filter(hasLetters);
  const translations = await translate(spoken.map((gap) => (shouted ? quietly(gap.trim()) : gap.trim())));
  let next = 0;
  const texts = gaps.map((gap) => {
    if (!hasLetters(gap)) return gap;
    const { text } = translations[next++] as Translated;
    // A model that has no word for it leaves it out; what is said must not be lost.
    const said = text.trim() === '' ? gap.trim() : shouted ? text.toUpperCase() : text;
    return `${/^\s*/u.exec(gap)?.[0]}${said}${/\s*$/u.exec(gap)?.[0]}`;
  });
  const text = texts.map((each, place) => each + (pieces[place]?.becomes ?? '')).join('');
  const score = translations.reduce((sum, each) => sum + each.score, 0) / Math.max(translations.length, 1);
  return { text, score };
}

export const hasLetters = (text: string): boolean => /\p{L}/u.test(text);
