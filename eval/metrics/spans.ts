import type { Measured } from './metric.ts';
import { type NamedThings, namedThingsF1, unanswered } from './named-things.ts';

/** A labelled piece of a text, from the place of its first character to the one after its last. */
export interface Span {
  label: string;
  start: number;
  end: number;
}

/** The spans of one text. One that comes twice counts once; null is no answer. */
export interface SpanRow {
  expected: readonly Span[];
  predicted: readonly Span[] | null;
}

/**
 * F1 of labelled spans over all rows, 0…1. A span is right when it has label, start and end of an expected one, as in CoNLL-2003; with
 * `match: 'overlap'` when it has the label and a character in common, as many one-to-one pairs as there can be (the type match of
 * SemEval-2013 task 9). What it is of nothing and its parts: see `namedThingsF1`.
 */
export const spanF1 = (
  rows: readonly SpanRow[],
  { match = 'exact' }: { match?: 'exact' | 'overlap' } = {},
): Measured =>
  namedThingsF1(
    rows.map((row) => thingsOf(row, match === 'exact' ? isSame : overlaps)),
    `span-f1|match:${match}|average:micro|version:parlance-1`,
  );

type Fits = (one: Span, other: Span) => boolean;

const isSame: Fits = (one, other) =>
  one.label === other.label && one.start === other.start && one.end === other.end;

const overlaps: Fits = (one, other) =>
  one.label === other.label && one.start < other.end && other.start < one.end;

function thingsOf({ expected, predicted }: SpanRow, fits: Fits): NamedThings {
  const wanted = distinct(expected);
  const labels = wanted.map(({ label }) => label);
  if (predicted === null) return unanswered(labels);
  const named = distinct(predicted);
  return {
    expected: labels,
    named: named.map(({ label }) => label),
    right: paired(named, wanted, fits).map(({ label }) => label),
  };
}

const distinct = (spans: readonly Span[]) => [
  ...new Map(spans.map((span) => [JSON.stringify([span.label, span.start, span.end]), span])).values(),
];

/** As many of `named` as can have an expected span to themselves: a matching that grows by augmenting paths (Berge 1957). */
function paired(named: readonly Span[], expected: readonly Span[], fits: Fits): Span[] {
  const partners = new Map<Span, Span>();
  const findPartner = (span: Span, tried: Set<Span>): boolean => {
    for (const candidate of expected) {
      if (tried.has(candidate) || !fits(span, candidate)) continue;
      tried.add(candidate);
      const rival = partners.get(candidate);
      if (rival && !findPartner(rival, tried)) continue;
      partners.set(candidate, span);
      return true;
    }
    return false;
  };
  return named.filter((span) => findPartner(span, new Set()));
}
