import { JsonText } from './json-text.ts';
import { unreadable } from './unreadable.ts';
import { freeNames, type OutputRow, type RowWriter } from './writer.ts';

/** One JSON object a line. */
export class JsonLinesWriter implements RowWriter {
  write(rows: readonly OutputRow[]): string {
    return rows.map((row) => `${objectText(row)}\n`).join('');
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
      return lead + objectText(row);
    });
    return parts.join('');
  }

  end(): string {
    return this.#begun ? '\n]\n' : '[]\n';
  }
}

/** Own fields first, then those of the task that have a value. Throws `invalid_input` when an object could not hold them all. */
function objectText(row: OutputRow): string {
  refuseTwins(row.names);
  const added = row.added.filter(([, value]) => value !== undefined);
  const names = freeNames(
    row.names,
    added.map(([name]) => name),
  );
  const fields = [
    ...row.names.map((name, index) => fieldText(name, row.values[index])),
    ...added.map(([, value], index) => fieldText(names[index] ?? '', value)),
  ];
  return `{${fields.join(',')}}`;
}

const fieldText = (name: string, value: unknown) =>
  `${JSON.stringify(name)}:${value instanceof JsonText ? value.text : JSON.stringify(value ?? null)}`;

/** A CSV header may have a name twice; in an object the second would hide the first. */
function refuseTwins(names: readonly string[]): void {
  if (new Set(names).size === names.length) return;
  const twins = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  const listed = [...twins].map((name) => JSON.stringify(name)).join(', ');
  throw unreadable(
    `The input has more than one column ${listed}, and a JSON object holds a name once. Rename them, or write CSV.`,
  );
}
