import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createDocumentReader, type DocumentReader } from '../../services/knowledge/document-reader.ts';
import { docxOf, pdfOf, wordParagraph, zipOf } from '../fixtures/documents.ts';

// The reader is a process of its own, which has to start, and some of these files take it to its limits.
vi.setConfig({ testTimeout: 120_000 });

let reader: DocumentReader;
beforeAll(() => {
  reader = createDocumentReader({ timeoutMs: 20_000 });
});
afterAll(() => reader.close());

const read = (content: string | Uint8Array, name: string, by = reader) =>
  by.read({ bytes: Buffer.from(content), name, language: 'en' });
const harmless = async () =>
  expect((await read('All is well.', 'a.txt')).passages).toMatchObject([{ text: 'All is well.' }]);

describe('a hostile file', () => {
  const megabytes = (count: number) => Buffer.alloc(count * 1024 ** 2, ' ');

  it.each([
    [
      'a Word document that unpacks to 150 MB',
      () => docxOf('', [{ name: 'word/media/a.bin', content: megabytes(150) }]),
      'a.docx',
      /more than 100 MB/,
    ],
    [
      'one that says it were small',
      () => docxOf('', [{ name: 'word/media/a.bin', content: megabytes(150), declared: 10 }]),
      'a.docx',
      /damaged/,
    ],
    [
      'an archive of 2,500 parts',
      () => zipOf(Array.from({ length: 2500 }, (_, at) => ({ name: `word/${at}`, content: '' }))),
      'a.docx',
      /2,000 parts/,
    ],
    ['a page of a million nested tags', () => '<div>'.repeat(1_000_000), 'a.html', /nests more than 512/],
    ['Markdown that quotes 100,000 levels deep', () => '>'.repeat(100_000), 'a.md', /nests more than 100/],
    [
      'Markdown of 20,000 nested lists',
      () =>
        Array.from({ length: 20_000 }, (_, at) => `${' '.repeat(2 * at)}- a`)
          .join('\n')
          .slice(0, 20_000_000),
      'a.md',
      /nests more than 100/,
    ],
    [
      'aliases in front matter that multiply',
      () => `---\na: &a [x,x]\nb: &b [*a,*a]\ntitle: [*b,*b]\n---\n\ntext`,
      'a.md',
      /not valid YAML/,
    ],
  ])('is refused: %s', async (_, content, name, problem) => {
    await expect(read(content(), name)).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringMatching(problem),
    });
    await harmless();
  });

  it('may take memory only within bounds', async () => {
    // The time it may take must not run out before the memory does, also on a busy machine.
    const patient = createDocumentReader();
    await expect(read('<p>a'.repeat(5_000_000), 'a.html', patient)).rejects.toThrow(
      /more memory than a document may/,
    );
    const drawing = deflateSync(
      Buffer.concat([Buffer.from('BT /F1 9 Tf ('), megabytes(400), Buffer.from(') Tj ET')]),
    );
    await expect(read(pdfOf([[]], { content: drawing }), 'a.pdf', patient)).rejects.toMatchObject({
      code: 'unsupported',
    });
    await patient.close();
  });

  it('does not have the entities of its XML expanded', async () => {
    const entities = Array.from(
      { length: 12 },
      (_, at) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(10)}">`,
    ).join('');
    const xml = `<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e0 "lol">${entities}]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${wordParagraph('&e12;')}</w:body></w:document>`;
    const bomb = zipOf([{ name: 'word/document.xml', content: xml }]);
    await expect(read(bomb, 'a.docx')).rejects.toMatchObject({ code: 'unsupported' });
    await harmless();
  });

  it('is given up after its time, and the next is read', async () => {
    const hasty = createDocumentReader({ timeoutMs: 1 });
    await expect(hasty.read({ bytes: Buffer.from('x'), name: 'a.txt', language: null })).rejects.toThrow(
      /longer than 0.001 seconds/,
    );
    hasty.close();
    await harmless();
  });
});

it('files are read in the order they came, the good among the bad', async () => {
  const outcomes = await Promise.allSettled([
    read('one', '1.txt'),
    read('', '2.txt'),
    read('three', '3.txt'),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});
