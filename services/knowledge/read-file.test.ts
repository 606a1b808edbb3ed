import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { docxOf, pdfOf, wordParagraph, zipOf } from '../../test/fixtures/documents.ts';
import { readFile } from './read-file.ts';

const read = (content: string | Uint8Array, name: string, language: string | null = 'en') =>
  readFile(Buffer.from(content), name, language);

/** The passages as `headings: text`. */
async function outline(content: string | Uint8Array, name: string): Promise<string[]> {
  const { passages } = await read(content, name);
  return passages.map(({ headings, text }) => `${headings.join(' / ')}: ${text}`);
}

describe('Markdown', () => {
  it('is read by its headings, with front matter, lists and tables', async () => {
    const text = `---
title: Fees
language: es
section: Billing
questions:
  Late fee:
    - what is  this penalty
---

Intro *with* [a link](https://example.org/x) and \`code\`.

## Late fee

A fee
on two lines.

- one
- two
  1. inner

| Plan | Price |
| ---- | ----- |
| A    | €1    |

### Details

> Quoted.

<script>alert(1)</script>

![hidden words](https://example.org/a.png)
`;
    const document = await read(text, 'fees.md');
    expect(document).toMatchObject({ kind: 'markdown', title: 'Fees', section: 'Billing', language: 'es' });
    expect(document.passages).toEqual([
      { headings: [], text: 'Intro with a link and code.', phrases: [] },
      {
        headings: ['Late fee'],
        text: 'A fee on two lines.\n\n- one\n- two\n1. inner\n\nPlan: A; Price: €1',
        phrases: ['what is this penalty'],
      },
      { headings: ['Late fee', 'Details'], text: 'Quoted.', phrases: [] },
    ]);
  });

  it('takes its only top heading for the title', async () => {
    expect(await read('# Only\n\na\n\n## Sub\n\nb', 'a.md')).toMatchObject({
      title: 'Only',
      passages: [{ headings: [] }, { headings: ['Sub'] }],
    });
    expect(await read('# One\n\na\n\n# Two\n\nb', 'a.md')).toMatchObject({
      title: null,
      passages: [{ headings: ['One'] }, { headings: ['Two'] }],
    });
  });

  it.each([
    ['front matter that is no YAML', '---\ntitle: "x\n---\n\ntext', /not valid YAML/],
    ['questions for a heading it lacks', '---\nquestions:\n  Gone: [why]\n---\n\n## Here\n\ntext', /“Gone”/],
  ])('is refused for %s', async (_, text, problem) => {
    await expect(read(text, 'a.md')).rejects.toThrow(problem);
  });

  it('ignores what others write into front matter', async () => {
    expect(await read('---\ntitle: 7\nlanguage: english\ntags: [a]\n---\n\ntext', 'a.md')).toMatchObject({
      title: null,
      language: 'en',
    });
  });
});

describe('HTML', () => {
  it('is its main content, without what nobody sees', async () => {
    const page = `<!doctype html><html lang="de-AT"><head><title> The  page </title><style>p{}</style></head><body>
      <nav>Menu</nav><header>Brand</header><main><header><h1>Head</h1></header><p>First<br>line &amp; more</p>
      <div>loose <b>bold</b> text<p>inner</p></div><ul><li>a<ul><li>b</li></ul></li></ul>
      <table><thead><tr><th>X</th><th>Y</th></tr></thead><tr><td>1</td><td>2</td></tr></table>
      <h2>Two</h2><pre>keeps
  lines</pre><p hidden>no</p><p style="display: none">no</p><p aria-hidden="true">no</p><script>no()</script>
      <template>no</template><noscript>no</noscript></main><footer>Foot</footer></body></html>`;
    const { title, language, passages } = await read(page, 'a.html', null);
    expect([title, language]).toEqual(['Head', 'de']);
    expect(passages.map(({ headings, text }) => `${headings.join('/')}: ${text}`)).toEqual([
      ': First\nline & more\n\nloose bold text\n\ninner\n\n- a\n- b\n\nX: 1; Y: 2',
      'Two: keeps\nlines',
    ]);
  });

  it('without main is the body without its frame', async () => {
    const page =
      '<html><title>T</title><body><header>no</header><p>yes</p><aside>no</aside><footer>no</footer>';
    expect(await read(page, 'x.txt')).toMatchObject({
      kind: 'html',
      title: 'T',
      passages: [{ text: 'yes' }],
    });
  });

  it('is read in the encoding that it declares', async () => {
    const latin = Buffer.from('<html><meta charset="iso-8859-1"><p>caf\xe9', 'latin1');
    expect(await outline(latin, 'a.html')).toEqual([': café']);
  });
});

describe('text', () => {
  it('has paragraphs, and keeps the lines that are no wrapping', async () => {
    const wrapped = `${'word '.repeat(14).trim()}\nwraps here.`;
    expect(await outline(`${wrapped}\n\n- a\n- b\n`, 'a.txt')).toEqual([
      `: ${wrapped.replace('\n', ' ')}\n\n- a\n- b`,
    ]);
  });

  it('is read with a byte order mark, and refused in an encoding it does not name', async () => {
    expect(await outline(Buffer.from('\ufeffgrüß', 'utf16le'), 'a.txt')).toEqual([': grüß']);
    expect(await outline(Buffer.from('\ufeffgrüß'), 'a.txt')).toEqual([': grüß']);
    await expect(read(Buffer.from('gr\xfc\xdf', 'latin1'), 'a.txt')).rejects.toThrow(/Save it as UTF-8/);
  });

  it('tells its language when nobody else does', async () => {
    const spanish =
      'La factura llega el mismo día de cada mes y se puede pagar con tarjeta o por transferencia.';
    expect((await read(spanish, 'a.txt', null)).language).toBe('es');
    expect((await read(spanish, 'a.txt', 'en')).language).toBe('en');
  });
});

describe('Word', () => {
  it('is read by its heading styles, without pictures', async () => {
    const table = `<w:tbl>${[
      ['Plan', 'Price'],
      ['A', '1'],
    ]
      .map((row) => `<w:tr>${row.map((cell) => `<w:tc>${wordParagraph(cell)}</w:tc>`).join('')}</w:tr>`)
      .join('')}</w:tbl>`;
    const body =
      wordParagraph('The title', 'Heading1') +
      wordParagraph('Hello &amp; welcome.') +
      wordParagraph('Prices', 'Heading2') +
      table;
    const document = await read(docxOf(body), 'a.docx');
    expect(document).toMatchObject({ kind: 'docx', title: 'The title' });
    expect(document.passages.map(({ headings, text }) => [headings, text])).toEqual([
      [[], 'Hello & welcome.'],
      [['Prices'], 'Plan: A; Price: 1'],
    ]);
  });

  it('is told from other archives', async () => {
    await expect(read(zipOf([{ name: 'xl/workbook.xml', content: '<x/>' }]), 'a.docx')).rejects.toThrow(
      /not a Word document/,
    );
    await expect(read(docxOf(wordParagraph('x')).subarray(0, 300), 'a.docx')).rejects.toThrow(/damaged/);
    await expect(read(docxOf('<w:p><broken'), 'a.docx')).rejects.toThrow(/damaged/);
  });
});

describe('PDF', () => {
  const page = (number: number, ...lines: string[]) => [
    { text: 'Running head', y: 800 },
    ...lines.map((text, at) => ({ text, y: 700 - 14 * at })),
    { text: `Page ${number}`, y: 40 },
  ];

  it('is read by the size of its letters, in paragraphs, without running heads', async () => {
    const document = await read(
      pdfOf([
        [
          { text: 'Running head', y: 800 },
          { text: 'Big heading', size: 20, y: 740 },
          ...page(1, 'A paragraph that is di-', 'vided at the end of').slice(1),
        ],
        page(2, 'the page. It ends.'),
        page(3, '- a point', '- another point'),
      ]),
      'a.pdf',
    );
    expect(document.kind).toBe('pdf');
    expect(document.title).toBe('Big heading');
    expect(document.passages.map(({ text }) => text)).toEqual([
      'A paragraph that is divided at the end of the page. It ends.\n\n- a point\n\n- another point',
    ]);
  });

  it('without text is told for a scan, and a damaged one for what it is', async () => {
    await expect(read(pdfOf([[]]), 'a.pdf')).rejects.toThrow(/scan/);
    await expect(
      read(pdfOf([[]], { content: deflateSync(Buffer.from('0 0 10 10 re f')) }), 'a.pdf'),
    ).rejects.toThrow(/scan/);
    await expect(read('%PDF-1.4 and nothing else', 'a.pdf')).rejects.toThrow(/damaged/);
  });
});

describe('a file', () => {
  it.each([
    [
      'an old Word file',
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      'a.doc',
      /before 2007/,
    ],
    ['rich text', '{\\rtf1 hello}', 'a.txt', /RTF/],
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n\0\0', 'latin1'), 'a.md', /neither text nor PDF/],
    ['nothing', '', 'a.md', /empty/],
    ['blanks', ' \n\t\n', 'a.txt', /empty/],
    ['only headings', '# A\n\n## B\n', 'a.md', /no text/],
  ])('that is %s is refused with what to do', async (_, content, name, problem) => {
    await expect(read(content, name)).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringMatching(problem),
    });
  });

  it.each([
    ['PDF', pdfOf([[{ text: 'Hello there.', y: 700 }]]), 'pdf'],
    ['Word', docxOf(wordParagraph('Hello there.')), 'docx'],
    ['HTML', '\n<!DOCTYPE html><p>Hello there.', 'html'],
  ])('is what its content says, whatever it is called: %s', async (_, content, kind) => {
    expect(await read(content, 'a.md')).toMatchObject({ kind, passages: [{ text: 'Hello there.' }] });
  });

  it('with more text than a book is refused', async () => {
    await expect(read('word '.repeat(420_000), 'a.txt')).rejects.toMatchObject({ code: 'too_large' });
  });
});
