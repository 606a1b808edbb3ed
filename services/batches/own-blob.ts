import type { BlobInfo, BlobStore } from '../blobs.ts';

/**
 * A blob of one owner, with the owner's name in front. Blobs are named by their content, and no tenant can see whether a row
 * of another one names the same: this one can be deleted with its owner.
 */
export function putOwn(
  blobs: BlobStore,
  owner: string,
  content: Uint8Array | AsyncIterable<Uint8Array>,
  options?: { maxBytes: number; name: string },
): Promise<BlobInfo> {
  const head = headOf(owner);
  const limit = options && { ...options, maxBytes: options.maxBytes + head.length };
  return blobs.put(after(head, content instanceof Uint8Array ? [content] : content), limit);
}

/** What was put for this owner, without its name. Throws `not_found`. */
export async function* getOwn(blobs: BlobStore, owner: string, id: string): AsyncGenerator<Uint8Array> {
  let skip = headOf(owner).length;
  for await (const chunk of await blobs.get(id)) {
    const bytes = chunk as Uint8Array;
    if (skip < bytes.length) yield bytes.subarray(skip);
    skip = Math.max(0, skip - bytes.length);
  }
}

const headOf = (owner: string) => Buffer.from(`${owner}\n`);

async function* after(
  head: Uint8Array,
  content: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield head;
  yield* content;
}
