import type { ParlanceClient } from '#client';
import type { CreateReviewRequest, ReviewScale } from '#contracts';

/** What the server makes a queue of. */
export type NewReview = Parameters<ParlanceClient['evaluations']['reviews']['create']>[0];

export type Selecting = 'random' | 'worst' | 'disagreements' | 'errored' | 'rows';
export type Judging = 'right-or-wrong' | 'scale' | 'choices' | 'preference';

/** A queue as it is filled in, before it is one. */
export interface ReviewDraft {
  /** The run whose answers stand beside; empty for none. */
  beside: string;
  title: string;
  guideline: string;
  selecting: Selecting;
  count: number;
  scorer: string;
  /** Ids of rows, one a line. */
  rows: string;
  judging: Judging;
  points: number;
  lowest: string;
  highest: string;
  /** One a line. */
  choices: string;
  blind: boolean;
  showExpected: boolean;
  raters: number;
  /** Of the items that so many judge, in percent. */
  sharePercent: number;
  seed: string;
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** `Not quite` becomes `not-quite`: what a program reads of a choice. */
const wordOf = (label: string, place: number): string =>
  label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40) || `choice-${place + 1}`;

function scaleOf(draft: ReviewDraft): ReviewScale {
  switch (draft.judging) {
    case 'preference':
      return { kind: 'preference' };
    case 'scale':
      return {
        kind: 'scale',
        points: draft.points,
        ...(draft.lowest.trim() && { lowest: draft.lowest.trim() }),
        ...(draft.highest.trim() && { highest: draft.highest.trim() }),
      };
    case 'right-or-wrong':
      return {
        kind: 'choices',
        choices: [
          { value: 'yes', label: 'Right' },
          { value: 'no', label: 'Wrong' },
        ],
      };
    case 'choices':
      return {
        kind: 'choices',
        choices: linesOf(draft.choices).map((label, place) => ({ value: wordOf(label, place), label })),
      };
  }
}

function selectionOf({ selecting, count, scorer, rows }: ReviewDraft): CreateReviewRequest['select'] {
  switch (selecting) {
    case 'random':
      return { random: count };
    case 'worst':
      return { worst: count, scorer };
    case 'disagreements':
      return { disagreements: count, scorer };
    case 'errored':
      return { errored: count };
    case 'rows':
      return { rows: linesOf(rows) };
  }
}

/** The draft as the server takes it, for the answers of a run. */
export function requestOf(draft: ReviewDraft, runId: string): NewReview {
  const { title, guideline, showExpected, blind, raters, sharePercent, seed, beside } = draft;
  return {
    runIds: beside ? [beside, runId] : [runId],
    select: selectionOf(draft),
    rubric: { title: title.trim(), guideline, showExpected, scale: scaleOf(draft) },
    blind,
    overlap: { raters, share: raters > 1 ? sharePercent / 100 : 0 },
    ...(seed.trim() && { seed: Number(seed) }),
  };
}
