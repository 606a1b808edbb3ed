import { forbiddenBy, forcedAfter } from './constraints.ts';
import type { Decoder, Hypothesis } from './decoder.ts';
import type { SearchSettings } from './search.ts';

/** The likeliest next token, again and again. Rows that have ended leave the batch. */
export async function greedySearch(decoder: Decoder, settings: SearchSettings): Promise<Hypothesis[][]> {
  const { prompt, end, banned, maxLength } = settings;
  const outputs = Array.from({ length: decoder.rows }, (): number[] => []);
  // Which output each row of the decoder is.
  let open = [...outputs.keys()];
  let next = Int32Array.from(open.flatMap(() => prompt));
  for (let length = prompt.length; length < maxLength && open.length > 0; length++) {
    const writing = open.map((row) => outputs[row] as number[]);
    const adjust = forbiddenBy(
      writing.map((tokens) => [...prompt, ...tokens]),
      settings,
    );
    const { tokens } = await decoder.step(next, { count: 1, scored: false, banned, adjust });
    const gone = await settings.turn?.();
    const chosen = forcedAfter(length - prompt.length, settings);
    const tokenOf = (row: number) => chosen ?? (tokens[row] as number);
    const going = open.flatMap((output, row) =>
      end.includes(tokenOf(row)) || gone?.has(output) ? [] : [row],
    );
    for (const row of going) writing[row]?.push(tokenOf(row));
    if (going.length < open.length) decoder.keep(Int32Array.from(going));
    next = Int32Array.from(going, tokenOf);
    open = going.map((row) => open[row] as number);
  }
  return outputs.map((tokens) => [{ tokens, score: 0 }]);
}
