import Table from 'cli-table3';
import type { OutputRow, RowWriter, WriterOptions } from './writer.ts';

const bare = Object.fromEntries(
  [
    'top',
    'top-mid',
    'top-left',
    'top-right',
    'bottom',
    'bottom-mid',
    'bottom-left',
    'bottom-right',
    'left',
    'left-mid',
    'right',
    'right-mid',
    'mid',
    'mid-mid',
  ].map((name) => [name, '']),
);

/** For people: the text and what the task said about it, cut to the terminal. Widths are fixed, so rows need no buffer. */
export class TableWriter implements RowWriter {
  readonly #width: number;
  #headed = false;

  constructor({ width }: Pick<WriterOptions, 'width'>) {
    this.#width = width;
  }

  write(rows: readonly OutputRow[]): string {
    const first = rows[0];
    if (!first) return '';
    const names = first.added.map(([name]) => name);
    const widths = names.map((name) => Math.max(name.length, widthOf(name)) + 2);
    const left = this.#width - widths.reduce((sum, each) => sum + each, 0);
    const table = new Table({
      chars: { ...bare, middle: '' },
      style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
      colWidths: [Math.max(20, left), ...widths],
      head: this.#headed ? [] : ['text', ...names],
    });
    this.#headed = true;
    for (const row of rows)
      table.push([oneLine(row.text ?? ''), ...row.added.map(([, value]) => shown(value))]);
    return `${table
      .toString()
      .split('\n')
      .map((line) => line.trimEnd())
      .join('\n')}\n`;
  }

  end(): string {
    return '';
  }
}

/** Room for what a column of that name usually holds. */
function widthOf(name: string): number {
  return name === 'error' || name === 'sentences' || name === 'spans' || name === 'embedding' ? 24 : 8;
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : value.toFixed(2);
  return oneLine(Array.isArray(value) ? shownList(value) : String(value));
}

/** A vector is no use to the eye; of spans and sentences it wants the words. */
function shownList(values: readonly unknown[]): string {
  if (typeof values[0] === 'number') return `${values.length} numbers`;
  const parts = values as readonly { text?: string; label?: string }[];
  return parts.map(({ text = '', label }) => (label ? `${text} (${label})` : text)).join(' · ');
}

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
