/** What stands for each byte in a vocabulary of bytes: those that print stand for themselves, the others for a sign each (GPT-2). */
const byteOf = new Map<string, number>();
for (let byte = 0, others = 0; byte < 256; byte++) {
  const prints = (byte > 32 && byte < 127) || (byte > 160 && byte !== 173);
  byteOf.set(String.fromCharCode(prints ? byte : 256 + others++), byte);
}
const namedByte = /^<0x([0-9A-F]{2})>$/iu;

/**
 * The bytes that the name of a token stands for; undefined where it is spelled in characters.
 * @param byteLevel whether the vocabulary is one of bytes; others have tokens such as `<0xF0>` for what they cannot spell
 */
export function bytesOf(token: string, byteLevel: boolean): number[] | undefined {
  const [, named] = namedByte.exec(token) ?? [];
  if (!byteLevel) return named === undefined ? undefined : [Number.parseInt(named, 16)];
  const bytes = [...token].map((character) => byteOf.get(character));
  return bytes.every((byte) => byte !== undefined) ? bytes : undefined;
}

/** Whether bytes end within a character of UTF-8: it has begun, and more bytes would complete it. */
export function endWithin(bytes: readonly number[]): boolean {
  return [1, 2, 3].some((count) => count <= bytes.length && isBegun(bytes.slice(-count)));
}

function isBegun(bytes: readonly number[]): boolean {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    return decoder.decode(Uint8Array.from(bytes), { stream: true }) === '';
  } catch {
    return false;
  }
}
