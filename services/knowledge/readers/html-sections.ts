import type { DefaultTreeAdapterTypes } from 'parse5';
import { type Section, SectionBuilder, tableText } from '#nlp';

type Element = DefaultTreeAdapterTypes.Element;
type Node = DefaultTreeAdapterTypes.Node;

/** What is no text, or none for readers. */
const silent = new Set(
  'script style noscript template iframe object embed svg math canvas audio video map button select textarea input form nav dialog head'.split(
    ' ',
  ),
);
/** Belongs to the site around the content, unless it is within the content. */
const around = new Set(['header', 'footer', 'aside']);
const inlineTags = new Set(
  'a abbr b bdi bdo cite code data del dfn em font i ins kbd label mark q s samp small span strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);

/** The sections of an element's content. `page`: it is a whole page, whose header, footer and asides are left out. */
export function sectionsOf(root: Element, page: boolean): Section[] {
  const builder = new SectionBuilder();
  let run = '';
  const flush = () => {
    builder.block(run);
    run = '';
  };
  const visit = (node: Node): void => {
    if (node.nodeName === '#text') run += spaced(node as DefaultTreeAdapterTypes.TextNode);
    if (!('tagName' in node) || hidden(node) || (page && around.has(node.tagName))) return;
    const { tagName } = node;
    if (tagName === 'br') run += '\n';
    else if (inlineTags.has(tagName)) node.childNodes.forEach(visit);
    else {
      flush();
      if (/^h[1-6]$/.test(tagName)) builder.heading(Number(tagName[1]), textOf(node));
      else if (tagName === 'ul' || tagName === 'ol') builder.block(listText(node));
      else if (tagName === 'table' && !holdsHeading(node)) builder.block(tableText(rowsOf(node)));
      else if (tagName === 'pre') builder.block(textOf(node, false));
      else node.childNodes.forEach(visit);
      flush();
    }
  };
  root.childNodes.forEach(visit);
  flush();
  return builder.finish();
}

/** Not shown to a reader, so not told to the bot: a place where instructions to it like to hide. */
function hidden(element: Element): boolean {
  const attribute = (name: string) => element.attrs.find((each) => each.name === name)?.value;
  const style = attribute('style') ?? '';
  return (
    silent.has(element.tagName) ||
    attribute('hidden') !== undefined ||
    attribute('aria-hidden') === 'true' ||
    /display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])/i.test(
      style,
    )
  );
}

const spaced = ({ value }: DefaultTreeAdapterTypes.TextNode) => value.replaceAll(/\s+/g, ' ');

/** The text of an element, of which white space counts as one blank unless `collapse` is false. */
function textOf(node: Node, collapse = true): string {
  if (node.nodeName === '#text') {
    const text = node as DefaultTreeAdapterTypes.TextNode;
    return collapse ? spaced(text) : text.value;
  }
  if (!('tagName' in node)) return '';
  if (hidden(node)) return '';
  const text = node.childNodes.map((child) => textOf(child, collapse)).join('');
  return inlineTags.has(node.tagName) ? text : ` ${text} `;
}

const children = (element: Element) =>
  element.childNodes.filter((child): child is Element => 'tagName' in child);

function listText(list: Element): string {
  const lines = children(list)
    .filter((item) => !hidden(item))
    .map((item, at) => {
      const isList = (node: Node) => node.nodeName === 'ul' || node.nodeName === 'ol';
      const own = item.childNodes
        .filter((child) => !isList(child))
        .map((child) => textOf(child))
        .join('');
      const inner = children(item).filter(isList).map(listText);
      return [`${list.tagName === 'ol' ? `${at + 1}.` : '-'} ${own.replaceAll('\n', ' ')}`, ...inner].join(
        '\n',
      );
    });
  return lines.join('\n');
}

function rowsOf(table: Element): string[][] {
  return children(table).flatMap((child) => {
    if (child.tagName !== 'tr') return /^t(head|body|foot)$/.test(child.tagName) ? rowsOf(child) : [];
    return [
      children(child)
        .filter((cell) => !hidden(cell))
        .map((cell) => textOf(cell)),
    ];
  });
}

/** Then the table only lays the page out. */
const holdsHeading = (element: Element): boolean =>
  children(element).some((child) => /^h[1-6]$/.test(child.tagName) || holdsHeading(child));
