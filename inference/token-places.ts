import type { Tokenizer as HuggingFaceTokenizer } from '@huggingface/tokenizers';

/** Ids without special tokens, and what each was read from: UTF-16 offsets into the text, at borders of characters as people see them. */
export interface PlacedTokens {
  ids: number[];
  starts: number[];
  ends: number[];
}

/** Longest stretch without a blank that is read at once, in code units: what is longer is no word. */
const maxStretch = 1_000;

/** The blanks before a stretch go with it: many tokenizers mark the beginning of a word by them. */
const stretches = /\s*\S+|\s+$/gu;

/** What tokenizers write for a blank, and before what continues a word. */
const blanks = /[\s\u2581\u0120]/gu;
const continued = /^##/u;

/** Most characters whose forms are remembered. */
const remembered = 10_000;

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Says where the tokens of a text come from, which the library does not. A text is read stretch by stretch, since no tokenizer joins
 * what blanks divide. In a stretch each character is normalized by itself, and tokens are found in these forms one after the
 * other; unknown ones stand for whatever is between their neighbours. So a mistake stays within its stretch.
 */
export class TokenPlaces {
  readonly #tokenizer: HuggingFaceTokenizer;
  readonly #prepare: (text: string) => string;
  readonly #special: ReadonlySet<string>;
  /** What a character becomes by itself. */
  readonly #forms = new Map<string, string>();

  /** @param prepare what is done to a text before the library reads it: blanks may be put in */
  constructor(tokenizer: HuggingFaceTokenizer, prepare: (text: string) => string) {
    this.#tokenizer = tokenizer;
    this.#prepare = prepare;
    this.#special = new Set([...tokenizer.get_added_tokens_decoder().values()].map(({ content }) => content));
  }

  /** The tokens of a text with their places, in its order. Linear in the text. */
  of(text: string): PlacedTokens {
    const placed: PlacedTokens = { ids: [], starts: [], ends: [] };
    for (const { 0: stretch, index } of text.matchAll(stretches))
      for (const { start, piece } of pieces(stretch)) this.#read(piece, index + start, placed);
    return placed;
  }

  #read(piece: string, offset: number, { ids, starts, ends }: PlacedTokens): void {
    const read = this.#tokenizer.encode(this.#prepare(piece), { add_special_tokens: false });
    const spelled = this.#spell(piece);
    const surfaces = read.tokens.map((token: string) =>
      this.#special.has(token) ? undefined : token.replace(continued, '').replaceAll(blanks, ''),
    );
    locate(surfaces, spelled.form, () => this.#borders(piece)).forEach(([from, to], at) => {
      const start = spelled.starts[from] ?? piece.length;
      ids.push(read.ids[at] as number);
      starts.push(offset + start);
      ends.push(offset + (to > from ? (spelled.ends[to - 1] as number) : start));
    });
  }

  /** A piece as its tokens spell it, with the character of the piece that each unit of this comes from. */
  #spell(piece: string): { form: string; starts: number[]; ends: number[] } {
    const forms: string[] = [];
    const starts: number[] = [];
    const ends: number[] = [];
    for (const { segment, index } of characters.segment(piece)) {
      const form = this.#formOf(segment);
      forms.push(form);
      for (let unit = 0; unit < form.length; unit++) {
        starts.push(index);
        ends.push(index + segment.length);
      }
    }
    return { form: forms.join(''), starts, ends };
  }

  /** Where in the form of a piece its words end. */
  #borders(piece: string): number[] {
    let end = 0;
    return this.#words(piece).map((word) => {
      end += word.replaceAll(blanks, '').length;
      return end;
    });
  }

  #words(piece: string): string[] {
    const { normalizer, pre_tokenizer } = this.#tokenizer;
    const prepared = this.#prepare(piece);
    const normal = normalizer?.normalize(prepared) ?? prepared;
    return pre_tokenizer?.pre_tokenize(normal) ?? [normal];
  }

  #formOf(character: string): string {
    const known = this.#forms.get(character);
    if (known !== undefined) return known;
    const form = this.#words(character).join('').replaceAll(blanks, '');
    if (this.#forms.size >= remembered) this.#forms.clear();
    this.#forms.set(character, form);
    return form;
  }
}

/** A stretch cut between characters where it is too long to be a word. */
function* pieces(stretch: string): Generator<{ start: number; piece: string }> {
  let start = 0;
  while (stretch.length - start > maxStretch) {
    const border = characters.segment(stretch.slice(start, start + maxStretch)).containing(maxStretch - 1);
    const length = border && border.index > 0 ? border.index : maxStretch;
    yield { start, piece: stretch.slice(start, start + length) };
    start += length;
  }
  yield { start, piece: stretch.slice(start) };
}

/**
 * From where to where in the form each token is, one after the other. Those that are undefined, or not where they should be, fill the gap
 * between their neighbours: one word each where there are as many words in it (`borders`), and all of it otherwise.
 */
function locate(
  surfaces: readonly (string | undefined)[],
  form: string,
  borders: () => readonly number[],
): [number, number][] {
  const found: [number, number][] = [];
  let at = 0;
  let lost = 0;
  const fill = (to: number) => {
    const inside = lost > 1 ? borders().filter((border) => border > at && border < to) : [];
    const marks = [at, ...(inside.length === lost - 1 ? inside : []), to];
    for (let place = 0; place < lost; place++)
      found.push(marks.length > 2 ? [marks[place] as number, marks[place + 1] as number] : [at, to]);
    lost = 0;
  };
  for (const surface of surfaces) {
    const from = surface === undefined ? -1 : lost > 0 ? form.indexOf(surface, at + lost) : at;
    if (surface === undefined || from < 0 || !form.startsWith(surface, from)) lost++;
    else {
      fill(from);
      at = from + surface.length;
      found.push([from, at]);
    }
  }
  fill(form.length);
  return found;
}
