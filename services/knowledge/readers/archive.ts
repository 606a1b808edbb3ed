import type { Readable } from 'node:stream';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { ParlanceError } from '#contracts';
import { unreadable } from './reader.ts';

const maxEntries = 2000;
/** Bytes of everything inflated; a document of 20 MB is mostly pictures, which do not shrink. */
const maxInflated = 100 * 1024 * 1024;

const bomb = () =>
  new ParlanceError(
    'too_large',
    'The Word document unpacks to more than 100 MB or 2,000 parts. Remove its pictures and attachments.',
  );

/**
 * Makes sure that a .docx unpacks to a size that can be held, before anything unpacks it: by what its directory declares,
 * and by inflating every part to nowhere, since a directory can lie. Throws `too_large` and `unsupported`.
 */
export async function checkArchive(bytes: Uint8Array): Promise<void> {
  const zip = await open(bytes);
  if (zip.entryCount > maxEntries) throw bomb();
  const entries: Entry[] = [];
  try {
    for await (const entry of zip.eachEntry()) entries.push(entry);
  } catch (cause) {
    throw damaged(cause);
  }
  if (!entries.some(({ fileName }) => fileName === 'word/document.xml')) {
    throw unreadable(
      'The file is a ZIP archive but not a Word document. Save it as .docx, or unpack it and upload what is inside.',
    );
  }
  if (entries.reduce((sum, each) => sum + each.uncompressedSize, 0) > maxInflated) throw bomb();
  let inflated = 0;
  for (const entry of entries) inflated += await inflate(zip, entry, maxInflated - inflated);
}

async function open(bytes: Uint8Array): Promise<ZipFile> {
  try {
    return await yauzl.fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
      lazyEntries: true,
      autoClose: false,
    });
  } catch (cause) {
    throw damaged(cause);
  }
}

/** Bytes of a part once it is inflated. Throws as soon as there are more than `limit`. */
async function inflate(zip: ZipFile, entry: Entry, limit: number): Promise<number> {
  let size = 0;
  try {
    const stream: Readable = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream) {
      size += (chunk as Buffer).length;
      if (size > limit) throw bomb();
    }
  } catch (cause) {
    if (cause instanceof ParlanceError) throw cause;
    throw damaged(cause);
  }
  return size;
}

const damaged = (cause: unknown) =>
  unreadable(
    'The archive of the Word document is damaged. Open it in Word, save it again and upload that.',
    cause,
  );
