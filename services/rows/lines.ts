import { maxRecordLength } from './row.ts';
import { unreadable } from './unreadable.ts';

/** Lines without their ending. Only `\n` and `\r\n` end one: JSON strings may hold U+2028, which node:readline cuts at. */
export async function* splitLines(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  let number = 1;
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      yield line.endsWith('\r') ? line.slice(0, -1) : line;
      number++;
    }
    if (rest.length > maxRecordLength) throw unreadable(`Line ${number} is longer than 16 MB.`);
  }
  if (rest) yield rest.endsWith('\r') ? rest.slice(0, -1) : rest;
}
