import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { type BlobStore, blobTooLarge, noSuchBlob } from '../blobs.ts';

/** The fake: a map. What it holds cannot be damaged, so `verify` has nothing to find. */
export function createMemoryBlobs(): BlobStore {
  const blobs = new Map<string, Buffer>();
  return {
    async put(content, { maxBytes = Number.POSITIVE_INFINITY, name } = {}) {
      const chunks: Uint8Array[] = [];
      let size = 0;
      for await (const chunk of content instanceof Uint8Array ? [content] : content) {
        size += chunk.byteLength;
        if (size > maxBytes) throw blobTooLarge(maxBytes, name);
        chunks.push(chunk);
      }
      const bytes = Buffer.concat(chunks);
      const id = createHash('sha256').update(bytes).digest('hex');
      blobs.set(id, bytes);
      return { id, size };
    },
    async get(id) {
      const bytes = blobs.get(id);
      if (!bytes) throw noSuchBlob();
      return Readable.from([bytes]);
    },
    async has(id) {
      const bytes = blobs.get(id);
      return bytes ? { id, size: bytes.length } : null;
    },
    async delete(id) {
      blobs.delete(id);
    },
    async *list() {
      for (const [id, bytes] of blobs) yield { id, size: bytes.length };
    },
  };
}
