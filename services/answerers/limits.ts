/** Why a text ends. */
export type Finish = 'stop' | 'length';

/**
 * A text in pieces as far as it goes: up to the first of the `stop` texts, which may lie across pieces, and not beyond
 * `maxLength` UTF-16 code units. Returns why it ended. What may be the beginning of a stop text is held back until it is
 * known not to be.
 */
export async function* limited(
  pieces: AsyncIterable<string>,
  { stop, maxLength = Number.POSITIVE_INFINITY }: { stop: readonly string[]; maxLength?: number | undefined },
): AsyncGenerator<string, Finish> {
  let held = '';
  let left = maxLength;
  for await (const piece of pieces) {
    const text = held + piece;
    const at = firstOf(stop, text);
    const safe = at === undefined ? text.length - openEnd(stop, text) : at;
    const said = whole(text.slice(0, Math.min(safe, left)));
    if (said !== '') yield said;
    left -= said.length;
    if (safe > said.length) return 'length';
    if (at !== undefined) return 'stop';
    held = text.slice(safe);
  }
  const rest = whole(held.slice(0, left));
  if (rest !== '') yield rest;
  return rest.length < held.length ? 'length' : 'stop';
}

function firstOf(stop: readonly string[], text: string): number | undefined {
  const places = stop.map((each) => text.indexOf(each)).filter((at) => at >= 0);
  return places.length > 0 ? Math.min(...places) : undefined;
}

/** How many characters at the end of a text may be the beginning of a stop text. */
function openEnd(stop: readonly string[], text: string): number {
  let most = 0;
  for (const each of stop) {
    for (let length = Math.min(each.length - 1, text.length); length > most; length--) {
      if (each.startsWith(text.slice(-length))) most = length;
    }
  }
  return most;
}

/** Without half a surrogate pair at its end. */
const whole = (text: string) => (/[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text);
