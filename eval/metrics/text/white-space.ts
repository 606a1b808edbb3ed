/**
 * White space as Python has it, which the reference implementations are written in: with the four separators of ASCII and the
 * next-line mark, without the byte order mark, unlike `\s` here.
 */
const space = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const run = new RegExp(`[${space}]+`, 'g');
const several = new RegExp(`[${space}]{2,}`, 'g');
const leading = new RegExp(`^[${space}]+`);
const isSpace = new RegExp(`[${space}]`);

/** What stands between white space: Python's `text.split()`. */
export function wordsOf(text: string): string[] {
  return text.split(run).filter((word) => word !== '');
}

/** Python's `text.rstrip()`. */
export function withoutTrailingSpace(text: string): string {
  let end = text.length;
  while (end > 0 && isSpace.test(text[end - 1] as string)) end--;
  return text.slice(0, end);
}

/** Python's `text.strip()`. */
export function withoutOuterSpace(text: string): string {
  return withoutTrailingSpace(text).replace(leading, '');
}

/** The text with two or more white spaces in a row made one blank; a single one of any kind stays what it is. */
export function withSingleSpaces(text: string): string {
  return text.replace(several, ' ');
}
