import { bare, listedAs } from './gazetteer.ts';

/** What a word can be: outside, or the beginning or the inside of a name. */
export const tags = [
  'O',
  'B-person',
  'I-person',
  'B-place',
  'I-place',
  'B-organization',
  'I-organization',
] as const;
export type Tag = (typeof tags)[number];

/** Rows of the table of weights. A feature's row is a hash of its text: collisions cost less than a dictionary of them. */
export const tableRows = 2 ** 17;

const rowOf = (feature: string) => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < feature.length; at++) hash = Math.imul(hash ^ feature.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) & (tableRows - 1);
};

/** What features see of a sentence, worked out once. */
export interface Sentence {
  words: string[];
  listed: string[];
  shapes: string[];
  /** Whether letters say anything here: mixed, all small, or all large. */
  letters: 'm' | 's' | 'l';
}

export function sentenceOf(texts: readonly string[], listed?: string[]): Sentence {
  const words = texts.map(bare);
  const all = texts.join('');
  const letters = /\p{Lu}/u.test(all) ? (/\p{Ll}/u.test(all) ? 'm' : 'l') : 's';
  return { words, listed: listed ?? listedAs(words), shapes: texts.map(shapeOf), letters };
}

function shapeOf(text: string): string {
  if (/^\p{Lu}\p{Ll}/u.test(text)) return 'Xx';
  if (/^\p{Lu}{2,}$/u.test(text)) return 'XX';
  if (/^\p{Lu}$/u.test(text)) return 'X';
  if (/^\p{L}/u.test(text)) return /\p{Lu}/u.test(text) ? 'xX' : 'x';
  return /^\p{N}/u.test(text) ? '0' : text;
}

/** The rows of the features of one word; the tag before it is one of the features. */
export function featuresOf({ words, listed, shapes, letters }: Sentence, at: number, before: Tag): number[] {
  const word = (step: number) => words[at + step] ?? (step < 0 ? '<' : '>');
  const list = (step: number) => listed[at + step] ?? '|';
  const shape = (step: number) => shapes[at + step] ?? '|';
  // The first letter of a sentence is large whatever the word is.
  const first = at === 0 || /^[.?!:¡¿"(]$/.test(word(-1)) ? '^' : '';
  const me = `${letters}${first}${shape(0)}`;
  const seen = `${me} ${list(0)}`;
  const text = word(0);
  return [
    'bias',
    `w ${text}`,
    `w-1 ${word(-1)}`,
    `w+1 ${word(1)}`,
    `w-2 ${word(-2)}`,
    `w+2 ${word(2)}`,
    `w-1w ${word(-1)} ${text}`,
    `ww+1 ${text} ${word(1)}`,
    `w-2w-1 ${word(-2)} ${word(-1)} ${list(0)}`,
    `w-3w-2w-1 ${word(-3)} ${word(-2)} ${word(-1)} ${letters}`,
    `w-1l ${word(-1)} ${seen}`,
    `w+1l ${word(1)} ${seen}`,
    `s3 ${text.slice(-3)} ${me}`,
    `p3 ${text.slice(0, 3)} ${me}`,
    `s4 ${text.slice(-4)}`,
    `l ${seen}`,
    `l-1l ${list(-1)} ${shape(-1)} ${seen}`,
    `ll+1 ${seen} ${list(1)} ${shape(1)}`,
    `l-1ll+1 ${list(-1)} ${list(0)} ${list(1)} ${letters}`,
    `l+2 ${list(2)} ${shape(2)} ${list(0)}`,
    `sh ${shape(-2)}${shape(-1)} ${me} ${shape(1)}${shape(2)}`,
    `t ${before}`,
    `tl ${before} ${seen}`,
    `tw ${before} ${text}`,
    `tsh ${before} ${shape(-1)} ${me}`,
    `t-1 ${before} ${word(-1)} ${list(0)}`,
  ].map(rowOf);
}
