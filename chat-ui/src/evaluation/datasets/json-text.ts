type Json = unknown;

/** A value of a row as one edits it: a text as it is, anything else as JSON. */
export interface Written {
  text: string;
  json: boolean;
}

export const writtenOf = (value: Json): Written =>
  typeof value === 'string' || value === null || value === undefined
    ? { text: value ?? '', json: false }
    : { text: JSON.stringify(value, null, 2), json: true };

/** What was written, read back. Throws a `SyntaxError` for what is not JSON. */
export const readBack = ({ text, json }: Written): Json => (json ? JSON.parse(text) : text);

/** Why it cannot be read; undefined when it can. */
export function problemOf(written: Written): string | undefined {
  try {
    readBack(written);
    return undefined;
  } catch {
    return 'This is not JSON. Texts need quotes here.';
  }
}
