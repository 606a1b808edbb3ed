import { unreadable } from './unreadable.ts';

/**
 * The place of the text among `names`: the wanted column, else one called `text`, else the only one. Throws `invalid_input`
 * naming the columns there are. `delimiter` is what cut the header: an only column whose name holds another one is
 * rather a header that was cut wrongly.
 */
export function findColumn(names: readonly string[], wanted: string | undefined, delimiter?: string): number {
  const index = names.indexOf(wanted ?? 'text');
  if (index >= 0) return index;
  const hint = delimiterHint(names, delimiter);
  if (wanted === undefined && names.length === 1 && !hint) return 0;
  const there = `The input has: ${names.map((name) => JSON.stringify(name)).join(', ')}.`;
  const problem =
    wanted === undefined
      ? 'Say which column holds the text.'
      : `There is no column ${JSON.stringify(wanted)}.`;
  throw unreadable(`${problem} ${there}${hint}`, hint ? 'delimiter' : 'column');
}

const delimiters = [',', ';', '\t', '|'];

function delimiterHint(names: readonly string[], delimiter: string | undefined): string {
  if (delimiter === undefined || names.length !== 1) return '';
  const other = delimiters.find((mark) => mark !== delimiter && names[0]?.includes(mark));
  if (!other) return '';
  return ` Is it separated by ${other === '\t' ? 'tabs' : `"${other}"`}? Then say so.`;
}
