/** What stands under one heading of a document, in reading order. */
export interface Section {
  /** The path of headings down to this section, outermost first; empty before the first heading. */
  headings: string[];
  /** Paragraphs, and lists and tables whole, one line an entry. Plain text. */
  blocks: string[];
}

/** Collects sections while a document is read from top to bottom. */
export class SectionBuilder {
  readonly #sections: Section[] = [];
  readonly #path: { level: number; text: string }[] = [];
  #open: Section | undefined;

  /** Opens a section. A heading of level 2 ends what stood below the heading of level 2 or deeper before it. */
  heading(level: number, text: string): void {
    const title = oneLine(text);
    if (!title) return;
    while ((this.#path.at(-1)?.level ?? 0) >= level) this.#path.pop();
    this.#path.push({ level, text: title });
    this.#open = undefined;
  }

  /** Adds a block to the open section. Lines are kept, other white space is not; a blank block is left out. */
  block(text: string): void {
    const lines = text.split('\n').map(oneLine).filter(Boolean);
    if (lines.length === 0) return;
    if (!this.#open) {
      this.#open = { headings: this.#path.map((each) => each.text), blocks: [] };
      this.#sections.push(this.#open);
    }
    this.#open.blocks.push(lines.join('\n'));
  }

  /** Every section that has a block. */
  finish(): Section[] {
    return this.#sections;
  }
}

/** A table as text that can be read and quoted without it: each row a line of `heading: cell` pairs. */
export function tableText([head = [], ...rows]: string[][]): string {
  if (rows.length === 0) return head.map(oneLine).filter(Boolean).join('; ');
  const line = (row: string[]) =>
    row
      .map((cell, column) => [oneLine(head[column] ?? ''), oneLine(cell)] as const)
      .filter(([, cell]) => cell)
      .map(([name, cell]) => (name ? `${name}: ${cell}` : cell))
      .join('; ');
  return rows.map(line).join('\n');
}

/**
 * White space of any kind and length as one blank. Characters that nobody sees are left out: they could hide a text from whoever
 * reads the page and not from the bot.
 */
export const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Zs}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(
      /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}\p{Co}\p{Cs}]/gu,
      '',
    )
    .trim();
