/** A stretch of a passage; `quoted` when the answer took it from there. */
export interface Stretch {
  start: number;
  text: string;
  quoted: boolean;
}

/** Where the quotes stand in a passage. White space counts as one blank, as it does on the screen. */
export function withQuotes(passage: string, quotes: readonly string[]): Stretch[] {
  const places = quotes
    .flatMap((quote) => placeOf(passage, quote) ?? [])
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const stretches: Stretch[] = [];
  let at = 0;
  for (const { start, end } of places) {
    if (start < at) continue;
    if (start > at) stretches.push({ start: at, text: passage.slice(at, start), quoted: false });
    stretches.push({ start, text: passage.slice(start, end), quoted: true });
    at = end;
  }
  if (at < passage.length) stretches.push({ start: at, text: passage.slice(at), quoted: false });
  return stretches;
}

function placeOf(passage: string, quote: string): { start: number; end: number } | undefined {
  const words = quote.trim().split(/\s+/).filter(Boolean);
  if (words.length === 0) return undefined;
  const pattern = words.map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('\\s+');
  const found = new RegExp(pattern, 'u').exec(passage);
  return found ? { start: found.index, end: found.index + found[0].length } : undefined;
}
