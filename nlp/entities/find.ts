import type { Entity, EntityKind } from '#contracts';
import { type Folded, fold } from './fold.ts';
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
];

/**
 * What a text contains of these kinds, or of all, in its order and without overlaps. Offsets are of the text as it is, whatever
 * invisible characters, blanks and digits it is written with. Linear in the text.
 */
export function findEntities(text: string, kinds?: readonly EntityKind[]): Entity[] {
  const { folded, plain, found } = formsIn(text);
  // Only names take long and take nothing from others.
  const named = !kinds || names.kinds.some((kind) => kinds.includes(kind));
  const all = named ? [...found, ...withoutOverlaps(names.find(plain))] : found;
  return entitiesOf(text, all.map(placedIn(folded)), kinds);
}

/**
 * The same with what a model has found in the place of our names; its offsets are of the text as it is. What the patterns found stays: of
 * a model's span that shares characters with it only what is beside it is left, where that has a letter.
 */
export function findEntitiesBeside(
  named: readonly Found[],
  text: string,
  kinds?: readonly EntityKind[],
): Entity[] {
  const { folded, found } = formsIn(text);
  const formed = found.map(placedIn(folded));
  const beside = named.flatMap((each) => {
    const left = gaps(each, formed);
    return left.includes(each) ? [each] : left.flatMap((piece) => withinSigns(text, piece));
  });
  return entitiesOf(text, [...formed, ...beside], kinds);
}

/** These as they are answered: of the wanted kinds, in the order of the text. */
export function entitiesOf(text: string, found: readonly Found[], kinds?: readonly EntityKind[]): Entity[] {
  const wanted = found.filter(({ type }) => !kinds || kinds.includes(type));
  return withCodePoints(
    text,
    wanted.sort((a, b) => a.start - b.start),
  );
}

/** What patterns find, in the folded text, of which the rest is plain. */
function formsIn(text: string): { folded: Folded; plain: string; found: Found[] } {
  const folded = fold(text);
  let { plain } = folded;
  const found: Found[] = [];
  for (const row of rows) {
    const fresh = withoutOverlaps(row.flatMap((recogniser) => recogniser.find(plain)));
    plain = blanked(plain, fresh);
    found.push(...fresh);
  }
  return { folded, plain, found };
}

const placedIn =
  (folded: Folded) =>
  (each: Found): Found => ({ ...each, ...folded.original(each.start, each.end) });

/** A piece of a span without the signs and blanks at its ends; nothing where it has no letter. */
function withinSigns(text: string, span: Found): Found[] {
  const piece = text.slice(span.start, span.end);
  if (!/\p{L}/u.test(piece)) return [];
  const start = span.start + piece.search(/[\p{L}\p{N}]/u);
  return [{ ...span, start, end: span.start + piece.replace(/[^\p{L}\p{M}\p{N}]+$/u, '').length }];
}

/** What is left of a span where these have been taken out. */
function gaps(span: Found, taken: readonly Found[]): Found[] {
  let { start } = span;
  const left: Found[] = [];
  const inside = taken.filter((each) => each.end > span.start && each.start < span.end);
  if (inside.length === 0) return [span];
  for (const each of inside.sort((a, b) => a.start - b.start)) {
    if (each.start > start) left.push({ ...span, start, end: each.start });
    start = Math.max(start, each.end);
  }
  return start < span.end ? [...left, { ...span, start }] : left;
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
  return found.map(({ type, start, end, score, source, label }) => ({
    type,
    text: text.slice(start, end),
    start,
    end,
    startCodePoint: pointAt(start),
    endCodePoint: pointAt(end),
    score,
    source,
    ...(label !== undefined && { label }),
  }));
}
