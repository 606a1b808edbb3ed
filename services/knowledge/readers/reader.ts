import { ParlanceError } from '#contracts';
import type { Section } from '#nlp';

/** A document as every kind of file is read to. What it does not say of itself is null. */
export interface ReadDocument {
  title: string | null;
  section: string | null;
  language: string | null;
  /** Questions in customers' words by the heading of the section that answers them. */
  questions?: Record<string, string[]>;
  sections: Section[];
}

/** Reads the bytes of a file of one kind. Throws a ParlanceError that says what to do with a file it cannot read. */
export type Reader = (bytes: Uint8Array) => Promise<ReadDocument>;

/** Characters that are read of a document at most: a book of a thousand pages. */
export const maxCharacters = 2_000_000;

export const unreadable = (message: string, cause?: unknown) =>
  new ParlanceError('unsupported', message, { cause });

/** The title that a document's only top heading is: it then stands above every section and not in their paths. */
export function withTitleFromHeading(document: ReadDocument): ReadDocument {
  const [first] = document.sections[0]?.headings ?? [];
  const sections = document.sections;
  if (document.title !== null || first === undefined) return document;
  if (!sections.every(({ headings }) => headings[0] === first)) return document;
  return {
    ...document,
    title: first,
    sections: sections.map((each) => ({ ...each, headings: each.headings.slice(1) })),
  };
}
