import type { Causal } from './causal.ts';
import type { Row } from './sampling.ts';

/** A text to go on with. */
export interface Beginning {
  /** Its tokens, at least one. */
  prompt: readonly number[];
  /** Most tokens to write, at least one. */
  most: number;
  /** As `chooser` makes them. */
  choose(logits: Float32Array, row: Row): number;
  /** Is told every token of the text but its end; true ends it here. */
  heard?(token: number): boolean;
}

/** How one of the texts went on. */
export interface Continuation {
  /** Which of the texts. */
  row: number;
  /** Without the token that ended it. */
  tokens: readonly number[];
  /** Whether its end was written, `heard` ended it, it was cut, or nobody waited for it any more. */
  finish: 'end' | 'heard' | 'length' | 'left';
}

export interface ContinuingSettings {
  /** Tokens any of which ends a text. */
  end: readonly number[];
  /** Never written. */
  banned: readonly number[];
  /** Awaited after every step. The rows it resolves to leave the batch. */
  turn?: (() => Promise<ReadonlySet<number>>) | undefined;
}

/** Goes on with texts token by token, all at once, and yields each as it is done; it leaves the batch then. */
export async function* continued(
  model: Causal,
  beginnings: readonly Beginning[],
  { end, banned, turn }: ContinuingSettings,
): AsyncGenerator<Continuation> {
  const decoder = model.open(beginnings.map(({ prompt }) => prompt));
  let open = beginnings.map((beginning, row) => ({ ...beginning, row, written: [] as number[] }));
  let logits = await decoder.read(turn);
  while (open.length > 0) {
    const gone = await turn?.();
    const width = logits.length / open.length;
    const going: number[] = [];
    for (const [at, text] of open.entries()) {
      const { row, written, most, choose, heard } = text;
      const done = (finish: Continuation['finish']): Continuation => ({ row, tokens: written, finish });
      if (gone?.has(row)) {
        yield done('left');
        continue;
      }
      const own = logits.subarray(at * width, (at + 1) * width);
      for (const token of banned) own[token] = Number.NEGATIVE_INFINITY;
      const token = choose(own, text);
      if (end.includes(token)) {
        yield done('end');
        continue;
      }
      written.push(token);
      if (heard?.(token)) yield done('heard');
      else if (written.length === most) yield done('length');
      else going.push(at);
    }
    if (going.length === 0) return;
    if (going.length < open.length) decoder.keep(Int32Array.from(going));
    open = going.map((at) => open[at] as (typeof open)[number]);
    logits = await decoder.step(Int32Array.from(open, ({ written }) => written.at(-1) as number));
  }
}
