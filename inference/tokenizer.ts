import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Tokenizer as HuggingFaceTokenizer } from '@huggingface/tokenizers';
import { bytesOf, endWithin } from './token-bytes.ts';
import { type PlacedTokens, TokenPlaces } from './token-places.ts';

/** Token ids with special tokens. `truncated` is set when the text went on after the last id. */
export interface Encoding {
  ids: number[];
  truncated: boolean;
}

/** Two texts that are read together. `types` has a 1 for every token of the second, by the tokenizer's template. */
export interface PairEncoding extends Encoding {
  types: number[];
}

/** Turns a text into the ids a model reads. */
export interface Tokenizer {
  encode(text: string): Encoding;
  /** Cuts the longer of the two first where they do not fit (`longest_first` of the reference). */
  encodePair(first: string, second: string): PairEncoding;
  /** All tokens of a text, however many, with their places; without special ones, which `frame` has. */
  places(text: string): PlacedTokens;
  /** The special tokens before and after those of one text. */
  readonly frame: { before: readonly number[]; after: readonly number[] };
  /** All of a text, with nothing added: names of control tokens in it are these tokens. */
  encodeWhole(text: string): number[];
  /** The names of tokens that are no text. */
  readonly controls: readonly string[];
  /** The text of tokens, special ones left out unless they are wanted, and blanks tidied where the model's files ask for it. */
  decode(ids: readonly number[], special?: 'special too'): string;
  /** The text of tokens as it is, special ones left out: that of more tokens begins with it, but for unfinished characters. */
  spell(ids: readonly number[]): string;
  /** Whether tokens end within a character, of which `spell` makes U+FFFD. */
  endWithin(ids: readonly number[]): boolean;
  /** The id of a token by its name; undefined when there is none. */
  idOf(token: string): number | undefined;
}

/** No WordPiece vocabulary averages more characters a token; what lies beyond cannot be read and is not tokenized. */
const maxCharactersPerToken = 24;

/** More than the bytes of an unfinished character, for control tokens may lie between. */
const tailTokens = 8;
/** What is spelled in characters begins none and ends none. */
const aByteOfNoOther = 0x20;

/**
 * Reads a Hugging Face `tokenizer.json` and cuts at `maxTokens` the way the reference does: the closing special tokens
 * stay. Supplementary-plane ideographs are spaced out for BERT first, which the reference does and this library does not.
 */
export async function loadTokenizer(folder: string, maxTokens: number): Promise<Tokenizer> {
  const [definition, config] = await Promise.all(
    ['tokenizer.json', 'tokenizer_config.json'].map(async (name) =>
      JSON.parse(await readFile(join(folder, name), 'utf8')),
    ),
  );
  const spaced = JSON.stringify(definition.normalizer ?? null).includes('"BertNormalizer"');
  const byteLevel = JSON.stringify(definition.decoder ?? null).includes('"ByteLevel"');
  const tokenizer = new HuggingFaceTokenizer(definition, config);
  return new LoadedTokenizer(tokenizer, maxTokens, { spaced, byteLevel });
}

class LoadedTokenizer implements Tokenizer {
  readonly frame: Tokenizer['frame'];
  readonly controls: readonly string[];
  readonly #tokenizer: HuggingFaceTokenizer;
  readonly #places: TokenPlaces;
  readonly #maxTokens: number;
  readonly #spaced: boolean;
  readonly #byteLevel: boolean;

  constructor(
    tokenizer: HuggingFaceTokenizer,
    maxTokens: number,
    { spaced, byteLevel }: { spaced: boolean; byteLevel: boolean },
  ) {
    this.#tokenizer = tokenizer;
    this.#maxTokens = maxTokens;
    this.#spaced = spaced;
    this.#byteLevel = byteLevel;
    this.#places = new TokenPlaces(tokenizer, (text) => this.#prepared(text));
    const added = [...tokenizer.get_added_tokens_decoder().values()];
    this.controls = added.filter(({ special }) => special).map(({ content }) => content);
    const [bare, framed] = [false, true].map((add) => tokenizer.encode('a', { add_special_tokens: add }).ids);
    const first = framed?.indexOf(bare?.[0] ?? -1) ?? 0;
    this.frame = {
      before: framed?.slice(0, first) ?? [],
      after: framed?.slice(first + (bare?.length ?? 0)) ?? [],
    };
  }

  encode(text: string): Encoding {
    const { head, cut } = this.#readable(text);
    const { ids } = this.#tokenizer.encode(head);
    if (ids.length <= this.#maxTokens) return { ids, truncated: cut };
    const { after } = this.frame;
    return { ids: [...ids.slice(0, this.#maxTokens - after.length), ...after], truncated: true };
  }

  encodePair(first: string, second: string): PairEncoding {
    const texts = [first, second].map((text) => this.#readable(text));
    const [one = [], other = []] = texts.map(({ head }) => this.#tokenizer.tokenize(head));
    const room = this.#maxTokens - this.#joined([], []).tokens.length;
    const kept = fitPair(one.length, other.length, room);
    const { tokens, types } = this.#joined(one.slice(0, kept[0]), other.slice(0, kept[1]));
    return {
      ids: tokens.map((token) => this.idOf(token) ?? this.#tokenizer.model?.unk_token_id ?? 0),
      types,
      truncated: kept[0] < one.length || kept[1] < other.length || texts.some(({ cut }) => cut),
    };
  }

  places(text: string): PlacedTokens {
    return this.#places.of(text);
  }

  encodeWhole(text: string): number[] {
    return text === '' ? [] : this.#tokenizer.encode(text, { add_special_tokens: false }).ids;
  }

  spell(ids: readonly number[]): string {
    const asItIs = { skip_special_tokens: true, clean_up_tokenization_spaces: false };
    return ids.length === 0 ? '' : this.#tokenizer.decode([...ids], asItIs);
  }

  endWithin(ids: readonly number[]): boolean {
    const names = ids.slice(-tailTokens).map((id) => this.#tokenizer.id_to_token(id) ?? '');
    const bytes = names
      .filter((name) => !this.controls.includes(name))
      .flatMap((name) => bytesOf(name, this.#byteLevel) ?? [aByteOfNoOther]);
    return endWithin(bytes);
  }

  decode(ids: readonly number[], special?: 'special too'): string {
    return ids.length === 0 ? '' : this.#tokenizer.decode([...ids], { skip_special_tokens: !special });
  }

  idOf(token: string): number | undefined {
    return this.#tokenizer.token_to_id(token);
  }

  #joined(first: string[], second: string[]): { tokens: string[]; types: number[] } {
    const { tokens = [...first, ...second], token_type_ids: types } =
      this.#tokenizer.post_processor?.post_process(first, second, true) ?? {};
    return { tokens, types: types ?? tokens.map(() => 0) };
  }

  /** What can be read of a text. Blanks are no tokens: thousands of them in front must not push the words out of it. */
  #readable(text: string): { head: string; cut: boolean } {
    const readable = this.#maxTokens * maxCharactersPerToken;
    const packed = text.length > readable ? text.replace(/\s+/gu, ' ').trim() : text;
    return { head: this.#prepared(packed.slice(0, readable)), cut: packed.length > readable };
  }

  #prepared(text: string): string {
    return this.#spaced ? text.replace(/[\u{20000}-\u{2FA1F}]/gu, ' $& ') : text;
  }
}

/** How many tokens are kept of each of two texts that have room for so many: the longer one gives first (`longest_first`). */
function fitPair(first: number, second: number, room: number): [number, number] {
  if (first + second <= room) return [first, second];
  const half = Math.floor(room / 2);
  const shorter = Math.min(first, second);
  // The reference gives the odd token to the longer text.
  const [small, large] = shorter <= half ? [shorter, room - shorter] : [half, room - half];
  return first > second ? [large, small] : [small, large];
}
