import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Tokenizer as HuggingFaceTokenizer } from '@huggingface/tokenizers';

/** Token ids with special tokens. `truncated` is set when the text went on after the last id. */
export interface Encoding {
  ids: number[];
  truncated: boolean;
}

/** Turns a text into the ids a model reads. */
export interface Tokenizer {
  encode(text: string): Encoding;
  /** The text of tokens, special ones left out. */
  decode(ids: readonly number[]): string;
  /** The id of a token by its name; undefined when there is none. */
  idOf(token: string): number | undefined;
}

/** No WordPiece vocabulary averages more characters a token; what lies beyond cannot be read and is not tokenized. */
const maxCharactersPerToken = 24;

/**
 * Reads a Hugging Face `tokenizer.json` and cuts at `maxTokens` the way the reference does: the closing special token
 * stays. Supplementary-plane ideographs are spaced out first, which the reference does and this library does not.
 */
export async function loadTokenizer(folder: string, maxTokens: number): Promise<Tokenizer> {
  const [definition, config] = await Promise.all(
    ['tokenizer.json', 'tokenizer_config.json'].map(async (name) =>
      JSON.parse(await readFile(join(folder, name), 'utf8')),
    ),
  );
  const tokenizer = new HuggingFaceTokenizer(definition, config);
  const readable = maxTokens * maxCharactersPerToken;
  return {
    decode: (ids) => tokenizer.decode([...ids], { skip_special_tokens: true }),
    idOf: (token) => tokenizer.token_to_id(token),
    encode(text) {
      // Blanks are no tokens: thousands of them in front must not push the words out of what is read.
      const packed = text.length > readable ? text.replace(/\s+/gu, ' ').trim() : text;
      const head = packed.slice(0, readable);
      const { ids } = tokenizer.encode(head.replace(/[\u{20000}-\u{2FA1F}]/gu, ' $& '));
      const cut = ids.length > maxTokens;
      const closing = ids.at(-1);
      return {
        ids: cut && closing !== undefined ? [...ids.slice(0, maxTokens - 1), closing] : ids,
        truncated: cut || head.length < packed.length,
      };
    },
  };
}
