import { setImmediate } from 'node:timers/promises';
import type { z } from 'zod';
import { maxTextLength, ParlanceError, type teiDecodeRequest, type teiTokenizeRequest } from '#contracts';
import { loadTokenizer, type Tokenizer } from '#inference';
import type { Inference } from '../../../inference.ts';

interface Token {
  id: number;
  text: string;
  special: boolean;
  start: number | null;
  stop: number | null;
}

/** Texts as tokens of the embedding model, and back. Its tokenizer is read when somebody first asks. */
export function tokensOf({ catalogue, store }: Pick<Inference, 'catalogue' | 'store'>) {
  let opened: { model: string; tokenizer: Promise<Tokenizer> } | undefined;
  const tokenizerOf = (): Promise<Tokenizer> => {
    const card = catalogue.forTask(['embeddings']);
    const model = `${card.id}@${card.revision}`;
    if (opened?.model !== model) {
      opened = { model, tokenizer: loadTokenizer(store.folder(card), card.maxTokens) };
      // Its files may be mended by the next time.
      opened.tokenizer.catch(() => {
        opened = undefined;
      });
    }
    return opened.tokenizer;
  };
  return {
    /** @throws ParlanceError `too_large` for a text that no route takes */
    async tokenize({ inputs, add_special_tokens }: z.infer<typeof teiTokenizeRequest>): Promise<Token[][]> {
      const tokenizer = await tokenizerOf();
      const found: Token[][] = [];
      for (const [at, text] of [inputs].flat().entries()) {
        if (text.length > maxTextLength) {
          const detail = `The text has ${text.length} characters; ${maxTextLength} are read at most. Split it.`;
          throw ParlanceError.field(`/inputs/${at}`, detail, 'too_large');
        }
        found.push(tokensIn(tokenizer, text, add_special_tokens !== false));
        // This is work of the process that answers everybody.
        await setImmediate();
      }
      return found;
    },
    async decode({ ids, skip_special_tokens }: z.infer<typeof teiDecodeRequest>): Promise<string[]> {
      const tokenizer = await tokenizerOf();
      const lists = ids.some((each) => Array.isArray(each)) ? (ids as number[][]) : [ids as number[]];
      return lists.map((list) =>
        tokenizer.decode(list, skip_special_tokens === false ? 'special too' : undefined),
      );
    },
  };
}

function tokensIn(tokenizer: Tokenizer, text: string, framed: boolean): Token[] {
  const { ids, starts, ends } = tokenizer.places(text);
  const points = codePoints(text);
  const own = ids.map((id, at): Token => {
    const [start = 0, end = 0] = [starts[at], ends[at]];
    return {
      id,
      text: text.slice(start, end),
      special: false,
      start: points[start] ?? 0,
      stop: points[end] ?? 0,
    };
  });
  if (!framed) return own;
  const special = (id: number): Token => ({
    ...{ id, text: tokenizer.decode([id], 'special too'), special: true },
    ...{ start: null, stop: null },
  });
  const { before, after } = tokenizer.frame;
  return [...before.map(special), ...own, ...after.map(special)];
}

/** How many code points are before each code unit. */
function codePoints(text: string): Uint32Array {
  const points = new Uint32Array(text.length + 1);
  let count = 0;
  for (let unit = 0; unit <= text.length; unit++) {
    points[unit] = count;
    const pair = (text.codePointAt(unit) ?? 0) > 0xffff;
    if (pair) points[++unit] = count;
    count++;
  }
  return points;
}
