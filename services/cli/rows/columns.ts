import { UsageError } from '../exit.ts';

/**
 * The place of the text among `names`: the wanted column, else one called `text`, else the only one. Throws `UsageError`
 * naming the columns there are.
 */
export function findColumn(names: readonly string[], wanted: string | undefined): number {
  const index = names.indexOf(wanted ?? 'text');
  if (index >= 0) return index;
  if (wanted === undefined && names.length === 1) return 0;
  const there = `The input has: ${names.map((name) => JSON.stringify(name)).join(', ')}.`;
  const problem =
    wanted === undefined
      ? 'Say which column holds the text with --column.'
      : `There is no column ${JSON.stringify(wanted)}.`;
  throw new UsageError(`${problem} ${there}${delimiterHint(names)}`);
}

function delimiterHint(names: readonly string[]): string {
  const other = [';', '\t', '|'].find((mark) => names.length === 1 && names[0]?.includes(mark));
  if (!other) return '';
  return ` Is it separated by ${other === '\t' ? 'tabs? Try --delimiter tab' : `"${other}"? Try --delimiter "${other}"`}.`;
}
