import Table from 'cli-table3';

/** Prints `value` as JSON when asked for, else the rows under their headings. */
export function print(value: unknown, asJson: boolean | undefined, head: string[], rows: string[][]): void {
  if (asJson) {
    process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
    return;
  }
  const table = new Table({ head, style: { head: [], border: [], compact: true } });
  table.push(...rows);
  process.stdout.write(`${table.toString()}\n`);
}
