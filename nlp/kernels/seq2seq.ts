import {
  alikeBy,
  type Kernel,
  type KernelOutput,
  type LoadedModel,
  pack,
  partOf,
  type SearchSettings,
  search,
  settingsOf,
} from '#inference';

/** A text to write another from. */
export interface Writing {
  readonly text: string;
  /** The token of the text's language, by its name, where the tokenizer puts that of another beside the text. */
  readonly sourceToken?: string | undefined;
  /** The token that the output begins with, by its name, where the model is told its language in this way. */
  readonly forced?: string | undefined;
  readonly beams?: number | undefined;
}

/** What was written. */
export interface Written {
  text: string;
  /** The mean log probability of a token; 0 for a greedy search, which keeps no count. */
  score: number;
}

/** Writes a text from each, by the model's own settings where nothing else is asked: its encoder once, its decoder token by token. */
export const seq2seq: Kernel<string | Writing, Written> = {
  name: 'seq2seq',
  async *run(model, inputs, passTokens, progress) {
    let from = performance.now();
    const writings = inputs.map((input) => (typeof input === 'string' ? { text: input } : input));
    const encodings = writings.map((writing) => read(model, writing));
    let tokenizeMs = performance.now() - from;
    // Only what is asked for in the same way can be written together.
    const groups = alikeBy(writings, ({ forced, beams }) => JSON.stringify([forced, beams])).flatMap((rows) =>
      pack(
        rows.map((row) => encodings[row]?.ids.length ?? 0),
        passTokens,
      ).map((pass) => ({ width: pass.width, rows: pass.rows.map((at) => rows[at] as number) })),
    );
    for (const [at, { rows, width }] of groups.entries()) {
      from = performance.now();
      const asked = writings[rows[0] ?? 0] as Writing;
      const written = await write(
        model,
        rows.map((row) => encodings[row]?.ids ?? []),
        asked,
        partOf(progress, rows).turn,
      );
      const outputs = rows.map((row, index): KernelOutput<Written> => {
        const { tokens, score } = written[index] as { tokens: number[]; score: number };
        return {
          value: { text: textOf(model, tokens), score },
          tokens: encodings[row]?.ids.length ?? 0,
          written: tokens.length,
          truncated: encodings[row]?.truncated ?? false,
        };
      });
      const runMs = performance.now() - from;
      const paddedTokens = rows.length * width;
      yield { rows, outputs, tokenizeMs, runMs, paddedTokens, remaining: groups.length - at - 1 };
      tokenizeMs = 0;
    }
  },
};

/** The tokens of a text. Of those that the tokenizer puts beside it, the one that is not its end names the language. */
function read({ card, tokenizer, writer }: LoadedModel, { text, sourceToken }: Writing) {
  const encoding = tokenizer.encode(text);
  if (sourceToken === undefined) return encoding;
  const language = tokenizer.idOf(sourceToken);
  if (language === undefined) throw new Error(`${card.id} knows no token ${sourceToken}`);
  const { before, after } = tokenizer.frame;
  const last = encoding.ids.length - after.length;
  const ids = encoding.ids.map((id, at) => {
    const beside = at < before.length || at >= last;
    return beside && !writer?.config.end.includes(id) ? language : id;
  });
  return { ...encoding, ids };
}

/** The text of tokens, without a character that was cut before its last byte. */
function textOf({ tokenizer }: LoadedModel, tokens: readonly number[]): string {
  const text = tokenizer.decode(tokens);
  return tokenizer.endWithin(tokens) ? text.replace(/\uFFFD$/, '') : text;
}

async function write(
  { card, writer, tokenizer }: LoadedModel,
  ids: number[][],
  { forced, beams }: Writing,
  turn: SearchSettings['turn'],
) {
  if (!writer) throw new Error(`${card.id} has no decoder`);
  const first = forced === undefined ? undefined : tokenizer.idOf(forced);
  if (forced !== undefined && first === undefined) throw new Error(`${card.id} knows no token ${forced}`);
  const asked: Partial<SearchSettings> = {
    turn,
    ...(beams !== undefined && { beams }),
    ...(first !== undefined && { forced: [first] }),
  };
  const found = await search(await writer.model.read(ids), settingsOf(writer.config, asked));
  return found.map(([best]) => best ?? { tokens: [], score: 0 });
}
