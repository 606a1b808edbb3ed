/** JSON for a line: a text as it is, anything else as its JSON. */
export const lineOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** JSON over several lines: a text as it is, anything else as its JSON. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value, null, 2);
