import type { EntityKind } from '#contracts';
import { countedMarks } from './examples.ts';
import type { MarkedText, NameKind } from './rows.ts';

/** Names found with both ends and kind right, found at all, and marked. */
export interface NameCounts {
  right: number;
  found: number;
  marked: number;
}

/** Counts over marked texts; what is found where marks are ignored counts neither way. */
export function countNames(
  rows: MarkedText[],
  find: (text: string) => { type: EntityKind; start: number; end: number }[],
  kinds: NameKind[] = ['person', 'place', 'organization'],
): Record<string, NameCounts> {
  const counts = Object.fromEntries(kinds.map((kind) => [kind, { right: 0, found: 0, marked: 0 }]));
  for (const row of rows) {
    const marks = countedMarks(row);
    for (const mark of marks) {
      const count = counts[mark.kind];
      if (count) count.marked++;
    }
    for (const { type, start, end } of find(row.text)) {
      const count = counts[type];
      if (!count || marks.some((mark) => mark.kind === 'ignore' && mark.start < end && start < mark.end))
        continue;
      count.found++;
      if (marks.some((mark) => mark.kind === type && mark.start === start && mark.end === end)) count.right++;
    }
  }
  return counts;
}

export const f1 = ({ right, found, marked }: NameCounts) =>
  found + marked === 0 ? 0 : (2 * right) / (found + marked);
