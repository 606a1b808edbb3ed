import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parse } from 'parse5';
import { decodeText } from './decode.ts';
import { sectionsOf } from './html-sections.ts';
import { type ReadDocument, type Reader, unreadable, withTitleFromHeading } from './reader.ts';

type Element = DefaultTreeAdapterTypes.Element;
type Node = DefaultTreeAdapterTypes.Node;

/** As deep as browsers go. */
const maxDepth = 512;

/** A page's main content: `<main>`, else its only `<article>`, else the body without navigation, header and footer. Nothing runs and nothing is loaded. */
export const readHtml: Reader = async (bytes) => readMarkup(decodeText(bytes, declaredEncoding(bytes)));

/** As `readHtml`, of a text. */
export function readMarkup(markup: string): ReadDocument {
  const page = parse(markup, { treeAdapter: shallowAdapter() });
  const elements = [...descendants(page)];
  const named = (name: string) => elements.filter((each) => each.tagName === name);
  const articles = named('article');
  const main = named('main')[0] ?? (articles.length === 1 ? articles[0] : undefined);
  const body = named('body')[0];
  const sections = main ? sectionsOf(main, false) : body ? sectionsOf(body, true) : [];
  const heading = withTitleFromHeading({
    title: null,
    section: null,
    language: languageOf(named('html')[0]),
    sections,
  });
  return { ...heading, title: heading.title ?? titleOf(named('title')[0]) };
}

/** The tree adapter of parse5, ending at a depth that no page has: the time of the parser grows with its square. */
function shallowAdapter(): typeof defaultTreeAdapter {
  let depth = 0;
  return {
    ...defaultTreeAdapter,
    onItemPush() {
      if (++depth > maxDepth)
        throw unreadable(`The page nests more than ${maxDepth} tags. Save its text as a plainer page.`);
    },
    onItemPop() {
      depth--;
    },
  };
}

function* descendants(node: Node): Generator<Element> {
  for (const child of 'childNodes' in node ? node.childNodes : []) {
    if ('tagName' in child) yield child;
    yield* descendants(child);
  }
}

function titleOf(element: Element | undefined): string | null {
  const text = element?.childNodes.map((child) => ('value' in child ? child.value : '')).join('') ?? '';
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, 300) || null;
}

function languageOf(element: Element | undefined): string | null {
  const tag = element?.attrs.find(({ name }) => name === 'lang')?.value ?? '';
  return /^[a-z]{2}(-|$)/i.test(tag) ? tag.slice(0, 2).toLowerCase() : null;
}

/** What a `<meta>` near the beginning says, which is ASCII in every encoding that can say it. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 2048));
  return /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i.exec(head)?.[1];
}
