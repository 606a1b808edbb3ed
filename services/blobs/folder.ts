import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ParlanceError } from '#contracts';
import { type BlobInfo, type BlobStore, blobTooLarge, isBlobId, noSuchBlob } from '../blobs.ts';
import { asFolderError, asStorageError } from '../db/storage-error.ts';

const abandonedAfterMs = 86_400_000;

/** Blobs as files `ab/cdef…` of a folder, which is made. Several processes may share it. Throws `invalid_input` when it cannot be used. */
export async function openFolderBlobs(folder: string): Promise<BlobStore> {
  const drafts = join(folder, 'drafts');
  try {
    await mkdir(drafts, { recursive: true });
    await removeAbandoned(drafts);
  } catch (error) {
    throw asFolderError(error, folder);
  }
  const pathOf = (id: string) => join(folder, id.slice(0, 2), id.slice(2));

  async function has(id: string): Promise<BlobInfo | null> {
    if (!isBlobId(id)) return null;
    const file = await unlessMissing(stat(pathOf(id)));
    return file ? { id, size: file.size } : null;
  }

  return {
    has,

    async put(content, { maxBytes = Number.POSITIVE_INFINITY, name } = {}) {
      const draft = join(drafts, randomUUID());
      try {
        const info = await writeDraft(draft, content, maxBytes, name);
        await mkdir(join(folder, info.id.slice(0, 2)), { recursive: true });
        await rename(draft, pathOf(info.id));
        await syncFolder(join(folder, info.id.slice(0, 2)));
        return info;
      } catch (error) {
        await rm(draft, { force: true });
        throw asStorageError(error);
      }
    },

    async get(id, { verify = false } = {}) {
      if (!(await has(id))) throw noSuchBlob();
      const file = createReadStream(pathOf(id));
      return verify ? verified(file, id) : file;
    },

    async delete(id) {
      if (isBlobId(id)) await unlessMissing(unlink(pathOf(id)));
    },

    async *list() {
      for (const start of await readdir(folder)) {
        if (!/^[0-9a-f]{2}$/.test(start)) continue;
        for (const rest of await readdir(join(folder, start))) {
          const info = await has(start + rest);
          if (info) yield info;
        }
      }
    },
  };
}

/** Writes and flushes to the disk, so that a rename afterwards never names half a file. */
async function writeDraft(
  path: string,
  content: Uint8Array | AsyncIterable<Uint8Array>,
  maxBytes: number,
  name?: string,
): Promise<BlobInfo> {
  const hash = createHash('sha256');
  let size = 0;
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of content instanceof Uint8Array ? [content] : content) {
      size += chunk.byteLength;
      if (size > maxBytes) throw blobTooLarge(maxBytes, name);
      hash.update(chunk);
      await writeAll(file, chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { id: hash.digest('hex'), size };
}

/** One `write` may take a part only, on a nearly full disk for one. */
async function writeAll(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let written = 0; written < chunk.byteLength; ) {
    written += (await file.write(chunk, written)).bytesWritten;
  }
}

/** Without this a power cut could forget the name of a file whose bytes are safe. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  await handle.sync().finally(() => handle.close());
}

function verified(file: Readable, id: string): Readable {
  const hash = createHash('sha256');
  const check = new Transform({
    transform(chunk, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      const intact = hash.digest('hex') === id;
      done(
        intact ? null : new ParlanceError('internal', 'A stored file is damaged. Restore it from a backup.'),
      );
    },
  });
  const out = new PassThrough();
  // The reader of `out` learns of every failure by its error event; the promise has nobody left to tell.
  pipeline(file, check, out).catch((error) => out.destroy(error));
  return out;
}

/** What a killed process left half written. A day, because another process may be writing right now. */
async function removeAbandoned(drafts: string): Promise<void> {
  for (const name of await readdir(drafts)) {
    const draft = await unlessMissing(stat(join(drafts, name)));
    if (draft && Date.now() - draft.mtimeMs > abandonedAfterMs) await rm(join(drafts, name), { force: true });
  }
}

async function unlessMissing<T>(action: Promise<T>): Promise<T | null> {
  try {
    return await action;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
