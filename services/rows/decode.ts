import { isUtf8 } from 'node:buffer';
import type { ParlanceError } from '#contracts';
import { unreadable } from './unreadable.ts';

/**
 * Decodes UTF-8 strictly, a chunk at a time, without its byte order mark. Throws `invalid_input` naming the byte and the
 * line of the first fault: replacement characters would be scored as if somebody had written them.
 */
export async function* decodeUtf8(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let carry = Buffer.alloc(0);
  let offset = 0;
  let line = 1;
  for await (const chunk of chunks) {
    const first = offset === 0 && carry.length === 0;
    const bytes = Buffer.concat([carry, chunk]);
    if (first && looksLikeUtf16(bytes)) {
      throw unreadable('The input is UTF-16, not UTF-8. Save it as UTF-8 and try again.');
    }
    const end = bytes.length - incompleteTail(bytes);
    const whole = bytes.subarray(0, end);
    if (!isUtf8(whole)) throw fault(whole, offset, line);
    const text = whole.toString('utf8');
    if (text) yield offset === 0 && text.startsWith('\uFEFF') ? text.slice(1) : text;
    for (const byte of whole) if (byte === 0x0a) line++;
    offset += end;
    carry = bytes.subarray(end);
  }
  if (carry.length > 0) throw fault(carry, offset, line);
}

/** Bytes at the end that begin a character the next chunk may finish: at most 3. */
function incompleteTail(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0b1100_0000) === 0b1000_0000) continue;
    return sequenceLength(byte) > back ? back : 0;
  }
  return 0;
}

function sequenceLength(lead: number): number {
  if (lead >= 0xf0) return 4;
  if (lead >= 0xe0) return 3;
  return lead >= 0xc0 ? 2 : 1;
}

function looksLikeUtf16(bytes: Buffer): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

function fault(bytes: Buffer, offset: number, line: number): ParlanceError {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    const prefix = bytes.subarray(0, middle);
    if (isUtf8(prefix.subarray(0, middle - incompleteTail(prefix)))) good = middle;
    else bad = middle;
  }
  // The fault lies in the character that the last good prefix ends in or right after it.
  const at = good - incompleteTail(bytes.subarray(0, good));
  for (const byte of bytes.subarray(0, at)) if (byte === 0x0a) line++;
  return unreadable(
    `The input is not valid UTF-8 at byte ${offset + at}, line ${line}. Save it as UTF-8 (iconv -f WINDOWS-1252 -t UTF-8 FILE) and try again.`,
  );
}
