import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Pack, pack } from 'tar-stream';
import type { BlobStore } from '../blobs.ts';
import type { Database } from '../db/database.ts';
import { blobFolder, databaseMember, type Manifest, manifestMember } from './manifest.ts';

export interface Archived {
  database: Database;
  blobs: BlobStore;
  /** Of Parlance. */
  version: string;
}

/**
 * A `.tar.gz` of a running installation. The database is taken at one moment and the blobs, which never change,
 * after it: every blob that a row names is there. The stream fails when any part of it does. With a server the
 * database is not in it: `pg_dump` is the tool for that.
 */
export function createArchive(parts: Archived): Readable {
  const archive = pack();
  const compressed = createGzip();
  pipeline(archive, compressed).catch((error) => compressed.destroy(error));
  writeMembers(archive, parts).catch((error) => archive.destroy(error));
  return compressed;
}

async function writeMembers(archive: Pack, { database, blobs, version }: Archived): Promise<void> {
  const createdAt = new Date().toISOString();
  const snapshot = await database.snapshot();
  let saved: Manifest['database'] = null;
  if (snapshot) {
    const sha256 = await addMember(archive, databaseMember, snapshot.size, Readable.from(snapshot.stream()));
    saved = { version: database.version(), size: snapshot.size, sha256 };
  }
  const kept = { count: 0, size: 0 };
  for await (const { id, size } of blobs.list()) {
    await addMember(archive, `${blobFolder}/${id}`, size, await blobs.get(id, { verify: true }));
    kept.count++;
    kept.size += size;
  }
  const manifest: Manifest = { format: 1, version, createdAt, database: saved, blobs: kept };
  const text = Buffer.from(JSON.stringify(manifest, null, 2));
  await addMember(archive, manifestMember, text.length, Readable.from([text]));
  archive.finalize();
}

/** The SHA-256 of what was written. */
async function addMember(archive: Pack, name: string, size: number, content: Readable): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(
    content,
    async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
      }
    },
    archive.entry({ name, size }),
  );
  return hash.digest('hex');
}
