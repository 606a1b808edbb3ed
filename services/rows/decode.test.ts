import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { collect } from './collect.ts';
import { decodeUtf8 } from './decode.ts';

vi.setConfig({ testTimeout: 120_000 });

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const decode = async (bytes: Uint8Array, size = 1) =>
  (await collect(decodeUtf8(pieces(bytes, size)))).join('');

describe('decodeUtf8', () => {
  it('gives back any text, however it was cut into chunks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.integer({ min: 1, max: 5 }),
        async (text, size) => {
          const clean = text.replace(/^\uFEFF/, '');
          expect(await decode(Buffer.from(clean, 'utf8'), size)).toBe(clean);
        },
      ),
    );
  });

  it('drops a byte order mark at the start and nowhere else', async () => {
    expect(await decode(Buffer.from('\uFEFFa\uFEFFb'))).toBe('a\uFEFFb');
  });

  it('names the first bad byte and its line', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom('a', 'é', '🙂', '\n') }),
        fc.constantFrom([0xff], [0xc3, 0x28], [0x80], [0xed, 0xa0, 0x80]),
        fc.integer({ min: 1, max: 9 }),
        async (text, bad, size) => {
          const before = Buffer.from(text);
          const bytes = Buffer.concat([before, Buffer.from(bad), Buffer.from('rest')]);
          const line = text.split('\n').length;
          await expect(decode(bytes, size)).rejects.toThrow(`at byte ${before.length}, line ${line}.`);
        },
      ),
    );
  });

  it('says so when the file ends inside a character, and when it is UTF-16', async () => {
    await expect(decode(Buffer.from([0x61, 0xe2, 0x82]), 10)).rejects.toThrow('at byte 1, line 1');
    await expect(decode(Buffer.from('\uFEFFabc', 'utf16le'), 10)).rejects.toThrow('UTF-16');
  });
});
