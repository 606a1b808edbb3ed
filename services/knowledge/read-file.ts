import { ParlanceError, type SourceKind } from '#contracts';
import { oneLine, type Piece, passagesOf, type Section } from '#nlp';
import { readers } from './readers/index.ts';
import { kindOfContent } from './readers/kind.ts';
import { maxCharacters, unreadable } from './readers/reader.ts';

/** A file as it goes into the knowledge base. */
export interface KnowledgeDocument {
  kind: SourceKind;
  /** Null when the file does not say. */
  title: string | null;
  section: string | null;
  language: string;
  passages: Piece[];
}

/** Characters that the language is told by. */
const sampleCharacters = 4000;

/**
 * Reads a file and divides it into passages. `language` counts where the file names none; without either it is detected.
 * Throws a ParlanceError that says what to do with a file that cannot be taken.
 */
export async function readFile(
  bytes: Uint8Array,
  name: string,
  language: string | null,
): Promise<KnowledgeDocument> {
  const kind = kindOfContent(bytes, name);
  const { sections, title, section, language: own } = await readers[kind](bytes);
  const characters = sections.reduce(
    (sum, { blocks }) => sum + blocks.reduce((all, { length }) => all + length, 0),
    0,
  );
  if (characters === 0) throw unreadable('There is no text in the file.');
  if (characters > maxCharacters) {
    throw new ParlanceError(
      'too_large',
      `The file has more than ${maxCharacters.toLocaleString('en')} characters of text. Split it.`,
    );
  }
  const spoken = own ?? language ?? (await detect(sections));
  return {
    kind,
    title: title && oneLine(title),
    section: section && oneLine(section),
    language: spoken,
    passages: passagesOf(sections, spoken),
  };
}

/** English where the text is too short or too strange to tell. */
async function detect(sections: Section[]): Promise<string> {
  const { eld } = await import('eld/small');
  const sample = sections.flatMap(({ headings, blocks }) => [...headings.slice(-1), ...blocks]).join('\n');
  return eld.detect(sample.slice(0, sampleCharacters)).language || 'en';
}
