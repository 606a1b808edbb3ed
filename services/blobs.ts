import type { Readable } from 'node:stream';
import { ParlanceError } from '#contracts';

export interface BlobInfo {
  /** SHA-256 of the content, 64 hexadecimal digits. */
  id: string;
  /** Bytes. */
  size: number;
}

/**
 * Documents, datasets and weights: bytes that never change, named by their hash, so the same content is kept once.
 * It knows no tenants: whoever knows an id may read it, so ask for ids only that a tenant's own rows name.
 */
export interface BlobStore {
  /**
   * Keeps the content; it is there whole or not at all. Throws `too_large` above `maxBytes`, in words that call it by
   * `name`, `storage_full` when there is no room, and what the stream itself failed with.
   */
  put(
    content: Uint8Array | AsyncIterable<Uint8Array>,
    options?: { maxBytes?: number; name?: string },
  ): Promise<BlobInfo>;
  /**
   * The content. Throws `not_found`. With `verify` the stream fails at its end, with `internal`, when what it gave
   * was not what had been kept: a reader that must know waits for the end.
   */
  get(id: string, options?: { verify?: boolean }): Promise<Readable>;
  /** Null when it is not there. */
  has(id: string): Promise<BlobInfo | null>;
  /** Removing what is not there is no failure. */
  delete(id: string): Promise<void>;
  /** Every blob, in no order. */
  list(): AsyncIterable<BlobInfo>;
}

export const isBlobId = (id: string): boolean => /^[0-9a-f]{64}$/.test(id);

export const noSuchBlob = () => new ParlanceError('not_found', 'There is no stored file with this id.');

export const blobTooLarge = (maxBytes: number, name = 'The file') =>
  ParlanceError.field('/file', `${name} is larger than ${maxBytes / 1024 ** 2} MiB. Split it.`, 'too_large');
