import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { ParlanceError } from '#contracts';
import { openFolderBlobs } from '../blobs/folder.ts';
import { asStorageError } from '../db/storage-error.ts';
import { blobFolder, databaseMember, type Manifest, manifest, manifestMember } from './manifest.ts';

const maxManifestBytes = 65_536;

/**
 * Unpacks a backup into the folder `stage` and proves every member against its hash. Throws `invalid_input` when the
 * archive is not whole or not a backup, `not_found` when there is no such file, and `storage_full`.
 */
export async function unpackBackup(file: string, stage: string): Promise<Manifest> {
  const blobs = await openFolderBlobs(join(stage, blobFolder));
  const kept = { count: 0, size: 0 };
  let database: { size: number; sha256: string } | undefined;
  let found: Manifest | undefined;

  const members = extract();
  const reading = pipeline(createReadStream(file), createGunzip(), members);
  // The loop below meets the same failure; unheard here it would end the process.
  reading.catch(() => {});
  try {
    for await (const member of members) {
      const { name, size: announced } = member.header;
      // Its types leave out that it can be iterated over.
      const content = member as unknown as AsyncIterable<Uint8Array>;
      if (name === databaseMember) {
        database = await writeHashed(content, join(stage, databaseMember));
      } else if (name === manifestMember) {
        found = await readManifest(content, announced);
      } else {
        const { id, size } = await blobs.put(content);
        if (name !== `${blobFolder}/${id}`) throw damaged(`${name} is not what was backed up`);
        kept.count++;
        kept.size += size;
      }
    }
    await reading;
  } catch (error) {
    throw asUnpackError(error, file);
  }
  if (!found) throw damaged('its end is missing');
  if (kept.count !== found.blobs.count || kept.size !== found.blobs.size) throw damaged('files are missing');
  if (database?.sha256 !== found.database?.sha256) throw damaged('the database is not what was backed up');
  return found;
}

async function writeHashed(content: AsyncIterable<Uint8Array>, path: string) {
  const hash = createHash('sha256');
  let size = 0;
  const measure = new Transform({
    transform(chunk, _encoding, done) {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  await pipeline(content, measure, createWriteStream(path, { mode: 0o600, flush: true }));
  return { size, sha256: hash.digest('hex') };
}

async function readManifest(content: AsyncIterable<Uint8Array>, size: number): Promise<Manifest> {
  if (size > maxManifestBytes) throw damaged('its manifest is too large');
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  try {
    return manifest.parse(JSON.parse(Buffer.concat(chunks).toString()));
  } catch (cause) {
    throw new ParlanceError(
      'invalid_input',
      'This backup was made by a version of Parlance that this one does not know. Nothing was changed.',
      { cause },
    );
  }
}

function damaged(what: string): ParlanceError {
  return new ParlanceError('invalid_input', `The backup is damaged: ${what}. Nothing was changed.`);
}

function asUnpackError(error: unknown, file: string): unknown {
  if (error instanceof ParlanceError) return error;
  const known = asStorageError(error);
  if (known !== error) return known;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') return new ParlanceError('not_found', `There is no file ${file}.`, { cause: error });
  const what = code.startsWith('Z_') ? 'it is cut short or no .tar.gz' : 'it cannot be read as a .tar.gz';
  return new ParlanceError('invalid_input', damaged(what).message, { cause: error });
}
