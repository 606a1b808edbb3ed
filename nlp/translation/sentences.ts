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

/** A sentence on its way: what is to be kept of it. */
interface Open {
  at: number;
  sentence: string;
  pieces: Protected[];
}

/**
 * Translates sentences so that what is protected in them is in the translation, once and unchanged: the model sees stand-ins, others when it
 * spoils them, and in the end only what is between the protected pieces. Numbers that a translation loses are protected as well.
 */
export async function translateSentences(
  sentences: readonly string[],
  glossary: readonly GlossaryEntry[],
  translate: Translate,
): Promise<Translated[]> {
  const done = new Array<Translated>(sentences.length);
  let open = sentences.map(
    (sentence, at): Open => ({ at, sentence, pieces: protectedIn(sentence, glossary) }),
  );
  for (const standIn of standIns) {
    open = await attempt(open, standIn, translate, done);
    open = open.map((each) => ({ ...each, pieces: protectedIn(each.sentence, glossary, true) }));
  }
  for (const { at, sentence, pieces } of open) done[at] = await inPieces(sentence, pieces, translate);
  return done;
}

/** Fills in what worked out, and returns the others. */
async function attempt(
  open: readonly Open[],
  standIn: StandIns,
  translate: Translate,
  done: Translated[],
): Promise<Open[]> {
  const masked = open.flatMap((each) => {
    const text = mask(each.sentence, each.pieces, standIn);
    return text === undefined ? [] : [{ ...each, text }];
  });
  const translations = await translate(masked.map(({ text }) => text));
  masked.forEach(({ at, sentence, pieces }, place) => {
    const { text, score } = translations[place] as Translated;
    const restored = restore(text, pieces, standIn);
    if (restored !== undefined && sameNumbers(sentence, pieces, restored))
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
async function inPieces(
  sentence: string,
  pieces: readonly Protected[],
  translate: Translate,
): Promise<Translated> {
  const ends = [...pieces.map(({ start }) => start), sentence.length];
  const gaps = ends.map((end, place) => sentence.slice(pieces[place - 1]?.end ?? 0, end));
  const spoken = gaps.filter(hasLetters);
  const translations = await translate(spoken.map((gap) => gap.trim()));
  let next = 0;
  const texts = gaps.map((gap) => {
    if (!hasLetters(gap)) return gap;
    const { text } = translations[next++] as Translated;
    return `${/^\s*/u.exec(gap)?.[0]}${text}${/\s*$/u.exec(gap)?.[0]}`;
  });
  const text = texts.map((each, place) => each + (pieces[place]?.becomes ?? '')).join('');
  const score = translations.reduce((sum, each) => sum + each.score, 0) / Math.max(translations.length, 1);
  return { text, score };
}

export const hasLetters = (text: string): boolean => /\p{L}/u.test(text);
