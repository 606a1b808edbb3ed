import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { beforeAll, describe, expect, it } from 'vitest';
import type { BlobStore } from '../../services/blobs.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function* inChunks(...chunks: string[]) {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

/** What every `BlobStore` does. */
export function blobStoreSuite(name: string, open: () => Promise<BlobStore>): void {
  describe(name, () => {
    let blobs: BlobStore;
    beforeAll(async () => {
      blobs = await open();
    });
    const ids = async () => {
      const found: string[] = [];
      for await (const { id } of blobs.list()) found.push(id);
      return found;
    };

    it('names content by its hash and gives it back', async () => {
      const bytes = Buffer.from('a document\0 with any bytes \xff');
      const info = await blobs.put(bytes);
      expect(info).toEqual({ id: sha256(bytes), size: bytes.length });
      expect(await buffer(await blobs.get(info.id))).toEqual(bytes);
      expect(await blobs.has(info.id)).toEqual(info);
    });

    it('takes a stream and keeps equal content once', async () => {
      const streamed = await blobs.put(inChunks('two', ' ', 'parts'));
      const whole = await blobs.put(Buffer.from('two parts'));
      expect(streamed).toEqual(whole);
      expect((await ids()).filter((id) => id === whole.id)).toHaveLength(1);
    });

    it('keeps nothing as well', async () => {
      const { id, size } = await blobs.put(inChunks());
      expect(size).toBe(0);
      expect(await buffer(await blobs.get(id))).toHaveLength(0);
    });

    it('keeps nothing of what is too large', async () => {
      const before = await ids();
      const put = blobs.put(inChunks('12345', '67890'), { maxBytes: 9 });
      await expect(put).rejects.toMatchObject({ code: 'too_large' });
      expect(await ids()).toEqual(before);
      await expect(blobs.put(Buffer.from('1234567890'), { maxBytes: 10 })).resolves.toMatchObject({
        size: 10,
      });
    });

    it('keeps nothing of a stream that fails, and passes the failure on', async () => {
      const before = await ids();
      async function* failing() {
        yield Buffer.from('half of');
        throw new Error('the client left');
      }
      await expect(blobs.put(failing())).rejects.toThrow('the client left');
      expect(await ids()).toEqual(before);
    });

    it('says not_found for what is not there or no id at all', async () => {
      for (const id of [sha256(Buffer.from('never kept')), '../../etc/passwd', '']) {
        await expect(blobs.get(id)).rejects.toMatchObject({ code: 'not_found' });
        expect(await blobs.has(id)).toBeNull();
        await expect(blobs.delete(id)).resolves.toBeUndefined();
      }
    });

    it('deletes', async () => {
      const { id } = await blobs.put(Buffer.from('to be deleted'));
      await blobs.delete(id);
      expect(await blobs.has(id)).toBeNull();
      expect(await ids()).not.toContain(id);
    });

    it('lets the same content be put many times at once', async () => {
      const bytes = Buffer.alloc(200_000, 'x');
      const infos = await Promise.all(Array.from({ length: 8 }, () => blobs.put(bytes)));
      expect(new Set(infos.map((each) => each.id))).toEqual(new Set([sha256(bytes)]));
      expect(await buffer(await blobs.get(sha256(bytes), { verify: true }))).toEqual(bytes);
    });
  });
}
