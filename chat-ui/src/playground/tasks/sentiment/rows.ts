import type { SentimentResult, TaskItem } from '#contracts';
import { toCsv } from '../../csv.ts';

export type SortKey = 'order' | 'text' | 'label' | 'score';
export interface Sort {
  key: SortKey;
  descending: boolean;
}

export interface Row {
  order: number;
  text: string;
  item: TaskItem<SentimentResult>;
}

export const rowsOf = (texts: string[], items: TaskItem<SentimentResult>[]): Row[] =>
  items.map((item, order) => ({ order, text: texts[order] ?? '', item }));

/** Rows in the wanted order; failed rows are last whichever way, except in the order sent. */
export function sortRows(rows: Row[], { key, descending }: Sort): Row[] {
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    if (key === 'order') return sign * (a.order - b.order);
    if (key === 'text') return sign * a.text.localeCompare(b.text) || a.order - b.order;
    if ('error' in a.item || 'error' in b.item) return Number('error' in a.item) - Number('error' in b.item);
    const [x, y] = [a.item.result, b.item.result];
    const by = key === 'score' ? x.score - y.score : x.label.localeCompare(y.label) || x.score - y.score;
    return sign * by || a.order - b.order;
  });
}

/** One line per text in the order sent; a failed text has its reason in the last column. */
export function rowsToCsv(rows: Row[]): string {
  const head = ['text', 'label', 'score', 'negative', 'neutral', 'positive', 'error'];
  return toCsv([
    head,
    ...rows.map(({ text, item }) => {
      if ('error' in item) return [text, '', '', '', '', '', item.error.detail];
      const { label, score, probabilities: p } = item.result;
      return [text, label, score, p.negative, p.neutral, p.positive, ''];
    }),
  ]);
}
