import { StopTexts } from '#inference';

/** Why a text ends. */
export type Finish = 'stop' | 'length';

/**
 * A text in pieces as far as it goes: up to the first of the `stop` texts, which may lie across pieces, and not beyond
 * `maxLength` UTF-16 code units. Returns why it ended.
 */
export async function* limited(
  pieces: AsyncIterable<string>,
  { stop, maxLength = Number.POSITIVE_INFINITY }: { stop: readonly string[]; maxLength?: number | undefined },
): AsyncGenerator<string, Finish> {
  const stops = new StopTexts(stop);
  let left = maxLength;
  for await (const piece of pieces) {
    const { text, stopped } = stops.take(piece);
    const said = whole(text.slice(0, left));
    if (said !== '') yield said;
    left -= said.length;
    if (text.length > said.length) return 'length';
    if (stopped) return 'stop';
  }
  const rest = whole(stops.rest.slice(0, left));
  if (rest !== '') yield rest;
  return rest.length < stops.rest.length ? 'length' : 'stop';
}

/** Without half a surrogate pair at its end. */
const whole = (text: string) => (/[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text);
