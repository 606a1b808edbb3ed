/** A finished row: the fields it came with, then the ones the task added. */
export interface OutputRow {
  line: number;
  names: readonly string[];
  values: readonly unknown[];
  text: string | undefined;
  /** In the order the task declares; a value is undefined where a row has none. */
  added: readonly (readonly [name: string, value: unknown])[];
}

/** Turns rows into text, a few at a time. `end` closes what `write` has opened, also after an early stop. */
export interface RowWriter {
  write(rows: readonly OutputRow[]): string;
  end(): string;
}

export interface WriterOptions {
  delimiter: string;
  /** Terminal columns, for tables. */
  width: number;
}

/** Names for the added fields that clash with none of the row's own: a second run must not overwrite the first. */
export function freeNames(names: readonly string[], added: readonly string[]): string[] {
  const taken = new Set(names);
  return added.map((name) => {
    let free = name;
    while (taken.has(free)) free = `parlance_${free}`;
    taken.add(free);
    return free;
  });
}
