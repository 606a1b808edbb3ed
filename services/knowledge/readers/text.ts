import { SectionBuilder } from '#nlp';
import { decodeText } from './decode.ts';
import type { Reader } from './reader.ts';

/** Plain text: blank lines separate paragraphs. Nothing in it is a heading for certain, so nothing is taken for one. */
export const readText: Reader = async (bytes) => {
  const builder = new SectionBuilder();
  for (const paragraph of decodeText(bytes).split(/\n[^\S\n]*\n/)) builder.block(paragraphText(paragraph));
  return { title: null, section: null, language: null, sections: builder.finish() };
};

/** Lines that only wrap are joined; those of a list or of verse, which are short or begin with a mark, stay. */
function paragraphText(paragraph: string): string {
  const lines = paragraph.split('\n');
  const wrapped = lines.slice(0, -1).every((line) => line.trim().length >= 50);
  const listed = lines.some((line) => /^\s*([-*•–]|\d+[.)])\s/.test(line));
  return wrapped && !listed ? lines.join(' ') : paragraph;
}
