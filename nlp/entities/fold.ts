/** A text made plain for patterns, with the way back. */
export interface Folded {
  plain: string;
  /** Of a span of `plain` the span of the text as it was. */
  original(start: number, end: number): { start: number; end: number };
}

/** What nobody sees: joiners, soft hyphens, direction marks, variation selectors, the frame of a keycap. */
const invisible = /\p{Default_Ignorable_Code_Point}|\u20E3/u;
/** Letters, digits and signs in forms made for show: fullwidth, and the mathematical alphabets. */
const styled = /[\uFF01-\uFF5E\u{1D400}-\u{1D7FF}]/u;

/**
 * The text in the characters that patterns are written in: what is invisible left out, every kind of blank a space, every dash a
 * hyphen, every decimal digit and styled letter its ASCII form. Letters with accents stay. Linear in the text.
 */
export function fold(text: string): Folded {
  if (/^[\x20-\x7E]*$/.test(text)) return { plain: text, original: (start, end) => ({ start, end }) };
  const pieces: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const character of text) {
    const end = at + character.length;
    const plain = plainOf(character);
    for (let unit = 0; unit < plain.length; unit++) {
      // The halves of a pair that stays keep their own places.
      starts.push(plain.length > 1 ? at + unit : at);
      ends.push(plain.length > 1 ? at + unit + 1 : end);
    }
    pieces.push(plain);
    at = end;
  }
  return {
    plain: pieces.join(''),
    original: (start, end) => ({ start: starts[start] ?? 0, end: ends[end - 1] ?? 0 }),
  };
}

function plainOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x7f) return code === 9 ? ' ' : character;
  if (invisible.test(character)) return '';
  if (/\p{Nd}/u.test(character)) return digitOf(code);
  if (/\p{Zs}/u.test(character)) return ' ';
  if (/[\p{Pd}\u2212\u2043]/u.test(character)) return '-';
  if (/[\u2018\u2019\u02BC]/.test(character)) return "'";
  if (/[\u2024\uFE52]/.test(character)) return '.';
  return styled.test(character) ? character.normalize('NFKC') : character;
}

/** The digits of a script follow each other from zero; the mathematical ones, five times over, have an ASCII form. */
function digitOf(code: number): string {
  const compatible = String.fromCodePoint(code).normalize('NFKC');
  if (/^[0-9]$/.test(compatible)) return compatible;
  let zero = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return String((code - zero) % 10);
}
