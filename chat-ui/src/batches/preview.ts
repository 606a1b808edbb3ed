import type { InputFormat } from '#contracts';

/** How a file begins, and what it seems to be. */
export interface Preview {
  format: InputFormat;
  delimiter: string;
  columns: string[];
  /** Cells in the order of the columns. */
  rows: string[][];
}

const readBytes = 64 * 1024;
const shownRows = 4;
const delimiters = [',', ';', '\t', '|'];
const formats: Record<string, InputFormat> = {
  csv: 'csv',
  tsv: 'csv',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  txt: 'text',
};

/** The kinds of file that jobs take, for a file dialog. */
export const acceptedRows = Object.keys(formats)
  .map((end) => `.${end}`)
  .join(',');

/** Reads the beginning of a file; undefined where its name says no format. The server reads all of it, and more exactly. */
export async function previewOf(file: File): Promise<Preview | undefined> {
  const format = formats[file.name.split('.').at(-1)?.toLowerCase() ?? ''];
  if (!format) return undefined;
  const bytes = await file.slice(0, readBytes).arrayBuffer();
  const text = new TextDecoder().decode(bytes);
  const whole = file.size <= readBytes;
  if (format === 'csv') return tableOf(text, whole);
  const lines = text
    .split(/\r?\n/)
    .slice(0, whole ? undefined : -1)
    .filter((line) => line.trim());
  if (format === 'text') {
    const rows = lines.slice(0, shownRows).map((line) => [line]);
    return { format, delimiter: ',', columns: ['text'], rows };
  }
  const objects = lines.slice(0, shownRows).map(asObject);
  const columns = [...new Set(objects.flatMap(Object.keys))];
  return {
    format,
    delimiter: ',',
    columns,
    rows: objects.map((each) => columns.map((name) => cellOf(each[name]))),
  };
}

function tableOf(text: string, whole: boolean): Preview {
  const header = text.slice(0, text.indexOf('\n') + 1 || undefined);
  const count = (mark: string) => header.split(mark).length;
  const delimiter = delimiters.toSorted((a, b) => count(b) - count(a))[0] ?? ',';
  const records = csvRecords(text, delimiter);
  const complete = whole ? records : records.slice(0, -1);
  const [columns = [], ...rows] = complete.filter((cells) => cells.length > 1 || cells[0] !== '');
  return { format: 'csv', delimiter, columns, rows: rows.slice(0, shownRows) };
}

/** RFC 4180. */
export function csvRecords(text: string, delimiter: string): string[][] {
  const records: string[][] = [];
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  const endCell = () => {
    cells.push(cell);
    cell = '';
  };
  const endRecord = () => {
    endCell();
    records.push(cells);
    cells = [];
  };
  for (let at = 0; at < text.length; at++) {
    const mark = text[at];
    if (quoted) {
      if (mark !== '"') cell += mark;
      else if (text[at + 1] === '"') cell += text[at++];
      else quoted = false;
    } else if (mark === '"' && cell === '') quoted = true;
    else if (mark === delimiter) endCell();
    else if (mark === '\n') endRecord();
    else if (mark !== '\r') cell += mark;
  }
  if (cell !== '' || cells.length > 0) endRecord();
  return records;
}

function asObject(line: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

const cellOf = (value: unknown): string =>
  value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

/** The column with the text, where that is plain: one called `text`, or the only one. */
export const textColumn = ({ columns }: Preview): string | undefined =>
  columns.includes('text') ? 'text' : columns.length === 1 ? columns[0] : undefined;
