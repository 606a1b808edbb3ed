import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { modelId } from '#contracts';
import { asStorageError } from '../db/storage-error.ts';

const pinned = z.array(modelId);
const fileIn = (cacheDir: string) => join(cacheDir, 'pinned.json');

/** The models that somebody pinned. A file that cannot be read pins none: they are loaded on demand then. */
export async function readPins(cacheDir: string): Promise<string[]> {
  try {
    return pinned.parse(JSON.parse(await readFile(fileIn(cacheDir), 'utf8')));
  } catch {
    return [];
  }
}

/** Keeps them for the next start. @throws ParlanceError `storage_full` */
export async function writePins(cacheDir: string, ids: readonly string[]): Promise<void> {
  try {
    await mkdir(cacheDir, { recursive: true });
    const draft = `${fileIn(cacheDir)}.new`;
    await writeFile(draft, JSON.stringify(ids));
    await rename(draft, fileIn(cacheDir));
  } catch (error) {
    throw asStorageError(error);
  }
}
