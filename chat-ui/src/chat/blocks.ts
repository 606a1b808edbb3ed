/**
 * A Markdown text cut where one block ends and the next begins, so that what is settled of an answer being written need not
 * be read again with every word. Joined, the blocks are the text. Fences stay whole; a list or a quotation too, as its
 * parts belong together.
 */
export function blocksOf(text: string): string[] {
  const blocks: string[] = [];
  let block = '';
  let fence: string | undefined;
  let blank = false;
  for (const line of text.split(/(?<=\n)/)) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    const starts = blank && fence === undefined && /\S/.test(line) && !/^(\s|[-*+>] |\d+[.)] )/.test(line);
    if (starts) {
      blocks.push(block);
      block = '';
    }
    block += line;
    if (mark && fence === undefined) fence = mark;
    else if (mark && fence && mark[0] === fence[0] && mark.length >= fence.length) fence = undefined;
    blank = /^\s*$/.test(line);
  }
  if (block) blocks.push(block);
  return blocks;
}
