import { freeNames, type OutputRow, type RowWriter } from './writer.ts';

/** One JSON object a line. */
export class JsonLinesWriter implements RowWriter {
  write(rows: readonly OutputRow[]): string {
    return rows.map((row) => `${JSON.stringify(toObject(row))}\n`).join('');
  }

  end(): string {
    return '';
  }
}

/** One JSON array, written as it grows and always closed. */
export class JsonWriter implements RowWriter {
  #begun = false;

  write(rows: readonly OutputRow[]): string {
    const parts = rows.map((row) => {
      const lead = this.#begun ? ',\n' : '[\n';
      this.#begun = true;
      return lead + JSON.stringify(toObject(row));
    });
    return parts.join('');
  }

  end(): string {
    return this.#begun ? '\n]\n' : '[]\n';
  }
}

/** Own fields first, then those of the task that have a value. */
function toObject(row: OutputRow): Record<string, unknown> {
  const added = row.added.filter(([, value]) => value !== undefined);
  const names = freeNames(
    row.names,
    added.map(([name]) => name),
  );
  const own = row.names.map((name, index): [string, unknown] => [name, row.values[index]]);
  return Object.fromEntries([
    ...own,
    ...added.map(([, value], index): [string, unknown] => [names[index] ?? '', value]),
  ]);
}
