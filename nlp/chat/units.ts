import { sentencesOf } from '../text/segment.ts';

/** A piece of a passage that can be quoted by itself: a sentence, or a list or table with what introduces it. */
export interface Unit {
  text: string;
  /** A list or a table, one line an entry. */
  listed: boolean;
  /** Leans on the sentence before it. */
  leans: boolean;
}

/** A table of more rows is quoted row by row: each names its columns. */
const maxRows = 8;

/** Openings that mean nothing without the sentence before. */
const leaning =
  /^(it|its|this|that|these|those|they|their|them|he|she|there|then|also|but|and|or|so|otherwise|instead|if (it|so|not|they|this|that)|you can (also )?do (so|this|that|it)|after that|in (that|this) case|either|both|the (same|latter|former)|esto|esta|este|eso|esa|ese|estos|estas|esos|esas|ello|allí|ahí|entonces|también|tampoco|además|pero|y|o|si (no|es así)|en (ese|este) caso|después|luego|así|por eso|lo mismo|la misma|el mismo|ambos|ambas)(?![\p{L}\p{N}])/iu;

/** The units of a passage's text in reading order. Blocks are separated by a blank line; a block of several lines is a list. */
export function unitsOf(passage: string): Unit[] {
  const units: Unit[] = [];
  for (const block of passage.split(/\n{2,}/)) {
    const lines = block.split('\n').filter((line) => line.trim() !== '');
    if (lines.length > 1 || /^([-*•]|\d+[.)])\s/.test(lines[0] ?? '')) addList(units, lines);
    else for (const { start, end } of sentencesOf(block)) addSentence(units, block.slice(start, end));
  }
  return units;
}

function addSentence(units: Unit[], text: string): void {
  units.push({ text, listed: false, leans: units.length > 0 && leaning.test(text) });
}

/** The sentence that ends in a colon belongs to the list it introduces. */
function addList(units: Unit[], lines: string[]): void {
  if (lines.length > maxRows && isTable(lines)) {
    for (const line of lines) units.push({ text: asItem(line), listed: true, leans: false });
    return;
  }
  const before = units.at(-1);
  const lead = before && !before.listed && /:$/.test(before.text) ? units.pop() : undefined;
  const items = lines.map(asItem).join('\n');
  if (lead) units.push({ text: `${lead.text}\n${items}`, listed: true, leans: lead.leans });
  else units.push({ text: items, listed: true, leans: units.length > 0 });
}

/** Every row of a table begins with the name of its first column. */
function isTable(lines: string[]): boolean {
  const column = /^[^:;]{1,60}: /.exec(lines[0] ?? '')?.[0];
  return column !== undefined && lines.every((line) => line.startsWith(column));
}
const asItem = (line: string) => (/^([-*•]|\d+[.)])\s/.test(line) ? line : `- ${line}`);
