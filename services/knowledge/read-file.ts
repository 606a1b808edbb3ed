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
  passages: (Piece & { phrases: string[] })[];
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
  const { sections, title, section, language: own, questions = {} } = await readers[kind](bytes);
  const characters = sections.reduce(
    (sum, { blocks }) => sum + blocks.reduce((all, { length }) => all + length, 0),
    0,
  );
  if (characters === 0) throw unreadable('There is no text in the file.');
  if (characters > maxCharacters) {
    const limit = maxCharacters.toLocaleString('en');
    throw new ParlanceError('too_large', `The file has more than ${limit} characters of text. Split it.`);
  }
  const spoken = own ?? language ?? (await detect(sections));
  return {
    kind,
    title: title && oneLine(title),
    section: section && oneLine(section),
    language: spoken,
    passages: withPhrases(passagesOf(sections, spoken), questions),
  };
}

/** Gives the questions of a heading to the first passage below it. Throws `unsupported` for a heading that is not there. */
function withPhrases(pieces: Piece[], questions: Record<string, string[]>): KnowledgeDocument['passages'] {
  const left = new Map(Object.entries(questions).map(([heading, phrases]) => [oneLine(heading), phrases]));
  const passages = pieces.map((piece) => {
    const heading = piece.headings.at(-1) ?? '';
    const phrases = left.get(heading) ?? [];
    left.delete(heading);
    return { ...piece, phrases: phrases.map(oneLine) };
  });
  const [lost] = left.keys();
  if (lost !== undefined)
    throw unreadable(`The front matter has questions for “${lost}”, which is no heading with text below it.`);
  return passages;
}

/** English where the text is too short or too strange to tell. */
async function detect(sections: Section[]): Promise<string> {
  const { eld } = await import('eld/small');
  const sample = sections.flatMap(({ headings, blocks }) => [...headings.slice(-1), ...blocks]).join('\n');
  return eld.detect(sample.slice(0, sampleCharacters)).language || 'en';
}
