import type { Entity, EntityKind } from '#contracts';
import { fold } from './fold.ts';
import { type Found, type Recogniser, taken } from './found.ts';
import { names } from './names/recognise.ts';
import { address } from './recognisers/address.ts';
import { card } from './recognisers/card.ts';
import { date } from './recognisers/date.ts';
import { iban } from './recognisers/iban.ts';
import { email, ip, url } from './recognisers/internet.ts';
import { money } from './recognisers/money.ts';
import { nationalId } from './recognisers/national-id.ts';
import { phone } from './recognisers/phone.ts';
import { reference } from './recognisers/reference.ts';

/** The surest first: what one row has found, the next does not see. */
const rows: readonly (readonly Recogniser[])[] = [
  [email, url, ip, iban, card, nationalId, date],
  [money],
  [phone],
  [reference, address],
  [names],
];

/**
 * What a text contains of these kinds, or of all, in its order and without overlaps. Offsets are of the text as it is, whatever
 * invisible characters, blanks and digits it is written with. Linear in the text.
 */
export function findEntities(text: string, kinds?: readonly EntityKind[]): Entity[] {
  const folded = fold(text);
  let { plain } = folded;
  const found: Found[] = [];
  for (const row of rows) {
    // Only names take long and take nothing from others.
    if (row.includes(names) && kinds && !names.kinds.some((kind) => kinds.includes(kind))) continue;
    const fresh = withoutOverlaps(row.flatMap((recogniser) => recogniser.find(plain)));
    plain = blanked(plain, fresh);
    found.push(...fresh);
  }
  const wanted = kinds ? found.filter(({ type }) => kinds.includes(type)) : found;
  const spans = wanted.map((each) => ({ ...each, ...folded.original(each.start, each.end) }));
  return withCodePoints(
    text,
    spans.sort((a, b) => a.start - b.start),
  );
}

/** Of those that share characters the surer stays, of equally sure ones the longer. */
export function withoutOverlaps(found: readonly Found[]): Found[] {
  const sure = ({ score }: Found) => Math.round(score * 10);
  const ranked = [...found].sort((a, b) => sure(b) - sure(a) || b.end - b.start - (a.end - a.start));
  const occupied = new Set<number>();
  return ranked.filter(({ start, end }) => {
    for (let at = start; at < end; at++) if (occupied.has(at)) return false;
    for (let at = start; at < end; at++) occupied.add(at);
    return end > start;
  });
}

function blanked(plain: string, found: readonly Found[]): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { start, end } of [...found].sort((a, b) => a.start - b.start)) {
    pieces.push(plain.slice(from, start), taken.repeat(end - start));
    from = end;
  }
  return pieces.join('') + plain.slice(from);
}

/** Counts code points once through the text. */
function withCodePoints(text: string, found: readonly Found[]): Entity[] {
  let unit = 0;
  let point = 0;
  const pointAt = (target: number) => {
    for (; unit < target; point++) unit += (text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1;
    return point;
  };
  return found.map(({ type, start, end, score, source }) => ({
    type,
    text: text.slice(start, end),
    start,
    end,
    startCodePoint: pointAt(start),
    endCodePoint: pointAt(end),
    score,
    source,
  }));
}
