import { unreadable } from './reader.ts';

const marks: [mark: number[], encoding: string][] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

/**
 * The text of a file: by its byte order mark, else by the encoding it declares, else as UTF-8. Guessing would now and then
 * publish an article with broken letters. Throws `unsupported` for bytes that the encoding does not allow.
 */
export function decodeText(bytes: Uint8Array, declared?: string): string {
  const marked = marks.find(([mark]) => mark.every((byte, at) => bytes[at] === byte))?.[1];
  const encoding = marked ?? declared ?? 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (text.includes('\0')) throw unreadable('The file is not a text: it contains binary data.');
    return text.replaceAll(/\r\n?/g, '\n');
  } catch (cause) {
    if (!(cause instanceof TypeError || cause instanceof RangeError)) throw cause;
    throw unreadable(
      `The file is not written in ${encoding.toUpperCase()}. Save it as UTF-8 and upload it again.`,
      cause,
    );
  }
}
