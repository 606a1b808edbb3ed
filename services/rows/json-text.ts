/** A JSON value as the input spells it: a 19-digit number or the zeros of 1.10 would not survive being parsed. */
export class JsonText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/**
 * The fields of a JSON object in the order of its text, which must be valid. Strings, booleans and null are parsed;
 * numbers, lists and objects stay `JsonText`. Of two fields with one name the last counts, as with `JSON.parse`.
 */
export function fieldsOf(object: string): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  let depth = 0;
  let from = 0;
  let name: string | undefined;
  for (let at = 0; at < object.length; at++) {
    const character = object[at];
    if (character === '"') at = closingQuote(object, at);
    else if (character === '{' || character === '[') {
      if (++depth === 1) from = at + 1;
    } else if (depth === 1 && character === ':') {
      name = JSON.parse(object.slice(from, at)) as string;
      from = at + 1;
    } else if (depth === 1 && (character === ',' || character === '}')) {
      if (name !== undefined) fields.set(name, parsed(object.slice(from, at).trim()));
      from = at + 1;
    }
    if (character === '}' || character === ']') depth--;
  }
  return fields;
}

/** The place of the quote that ends the string beginning at `opening`. */
function closingQuote(text: string, opening: number): number {
  let at = opening + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}

const parsed = (text: string): unknown => (/^["tfn]/.test(text) ? JSON.parse(text) : new JsonText(text));
