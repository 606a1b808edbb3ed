import type { List, Nodes, RootContent, Table } from 'mdast';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { SectionBuilder, tableText } from '#nlp';
import { decodeText } from './decode.ts';
import { type Reader, unreadable, withTitleFromHeading } from './reader.ts';

/** What an article may say of itself; anything else there is other people's business. */
const frontMatter = z.object({
  title: z.string().trim().min(1).max(300).nullable().catch(null).default(null),
  section: z.string().trim().min(1).max(100).nullable().catch(null).default(null),
  language: z
    .string()
    .regex(/^[a-z]{2}(-\w+)*$/i)
    .transform((tag) => tag.slice(0, 2).toLowerCase())
    .nullable()
    .catch(null)
    .default(null),
  questions: z
    .record(z.string(), z.array(z.string().trim().min(1).max(300)).max(50))
    .catch({})
    .default({}),
});

/** Quotes and lists inside one another: the parser's time grows with the square of their number. */
const maxDepth = 100;

/** Markdown with GitHub's tables and YAML front matter (`title`, `section`, `language`, `questions`). HTML in it is left out. */
export const readMarkdown: Reader = async (bytes) => {
  const text = decodeText(bytes);
  refuseNested(text);
  const tree = unified().use(remarkParse).use(remarkGfm).use(remarkFrontmatter).parse(text);
  const builder = new SectionBuilder();
  let about = frontMatter.parse({});
  for (const node of tree.children) {
    if (node.type === 'yaml') about = readFrontMatter(node.value);
    else addNode(builder, node);
  }
  return withTitleFromHeading({ ...about, sections: builder.finish() });
};

/** By what stands before the words of a line: a mark for each quote and list, or two columns of indentation. */
function refuseNested(text: string): void {
  for (const line of text.split('\n')) {
    const [before = ''] = /^[\s>*+\-\d.)]*/.exec(line) ?? [];
    if (before.length <= maxDepth) continue;
    const marks = before.match(/>|[-*+](?=\s)|\d[.)](?=\s)/g)?.length ?? 0;
    const indentation = /^\s*/.exec(before)?.[0].length ?? 0;
    if (marks > 0 && marks + indentation / 2 > maxDepth)
      throw unreadable(
        `The file nests more than ${maxDepth} quotes or lists. Save it with fewer inside one another.`,
      );
  }
}

function readFrontMatter(source: string): z.infer<typeof frontMatter> {
  try {
    return frontMatter.parse(parseYaml(source, { maxAliasCount: 0 }) ?? {});
  } catch (cause) {
    throw unreadable(
      'The front matter between the lines `---` is not valid YAML. Correct it and upload the file again.',
      cause,
    );
  }
}

function addNode(builder: SectionBuilder, node: RootContent): void {
  switch (node.type) {
    case 'heading':
      builder.heading(node.depth, inline(node));
      break;
    case 'table':
      builder.block(rowsOf(node));
      break;
    case 'list':
      builder.block(listText(node));
      break;
    case 'blockquote':
      for (const child of node.children) addNode(builder, child);
      break;
    case 'code':
      builder.block(node.value);
      break;
    case 'html':
    case 'definition':
    case 'thematicBreak':
      break;
    default:
      builder.block(inline(node));
  }
}

const rowsOf = (table: Table) => tableText(table.children.map((row) => row.children.map(inline)));

/** One line an item; the items of an inner list follow theirs, and a paragraph within an item stays on its line. */
function listText({ children, ordered, start }: List): string {
  return children
    .map((item, at) => {
      const own = item.children.filter((child) => child.type !== 'list').map(inline);
      const inner = item.children.filter((child) => child.type === 'list').map(listText);
      return [`${ordered ? `${(start ?? 1) + at}.` : '-'} ${own.join(' ')}`, ...inner].join('\n');
    })
    .join('\n');
}

/** What a reader sees of a node on one line. */
function inline(node: Nodes): string {
  switch (node.type) {
    case 'html':
      return '';
    case 'break':
      return ' ';
    case 'footnoteDefinition':
    case 'listItem':
      return node.children.map(inline).join(' ');
  }
  if ('children' in node) return (node.children as Nodes[]).map(inline).join('');
  return 'value' in node ? node.value.replaceAll('\n', ' ') : '';
}
