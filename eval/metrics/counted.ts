import type { Measured } from './metric.ts';

/**
 * A metric in two steps, so that nothing but a few numbers need be kept of a row, however long its texts are: what the row counts
 * for, once, and then the metric of what rows count for.
 */
export interface CountedMetric<Row> {
  /** As many numbers for every row. */
  count(row: Row): number[];
  measure(counts: readonly (readonly number[])[]): Measured;
}

/** The metric of rows that are all there. */
export const measureRows = <Row>({ count, measure }: CountedMetric<Row>, rows: readonly Row[]): Measured =>
  measure(rows.map(count));
