import { statfsSync } from 'node:fs';

/** Below this the embedded database only reads: it needs room for its next log segments (16 MB each). */
export const writeReserveBytes = 64 * 2 ** 20;

/** Below this it is not opened. A first start writes about 45 MB. */
export const openReserveBytes = { first: 128 * 2 ** 20, later: 32 * 2 ** 20 };

/** Bytes a process without privileges may still write to the file system of `folder`. */
export function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
