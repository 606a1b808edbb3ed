import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ParlanceError } from '#contracts';

/** The files of a model in Hugging Face layout, wherever they are: only names, and what is small enough to be read. */
export interface ModelLayout {
  /** Relative to the model's folder, with forward slashes, in order. */
  readonly paths: readonly string[];
  /** A small file as text; undefined where there is none. */
  text(path: string): Promise<string | undefined>;
}

/** Models have their graphs one folder down and their pooling too; a tree that is deeper is not read. */
const maxDepth = 3;

/** The layout of a folder on disk. Links are followed, hidden files and folders left out. */
export async function layoutOf(folder: string): Promise<ModelLayout> {
  const paths: string[] = [];
  const walk = async (below: string, depth: number): Promise<void> => {
    for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue;
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      const kind = await kindOf(entry, join(folder, path));
      if (kind === 'file') paths.push(path);
      else if (kind === 'folder' && depth < maxDepth) await walk(path, depth + 1);
    }
  };
  await walk('', 1);
  return { paths: paths.sort(), text: (path) => readIfThere(join(folder, path)) };
}

async function kindOf(entry: Dirent, path: string): Promise<'file' | 'folder' | undefined> {
  // A link that leads nowhere is no file of the model.
  const about = entry.isSymbolicLink() ? await stat(path).catch(() => undefined) : entry;
  if (about?.isFile()) return 'file';
  return about?.isDirectory() ? 'folder' : undefined;
}

async function readIfThere(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

/**
 * A small JSON file of a model; undefined where there is none.
 * @throws ParlanceError `unsupported` for a file that is no JSON
 */
export async function readJson(layout: ModelLayout, path: string): Promise<unknown> {
  const text = await layout.text(path);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ParlanceError('unsupported', `${path} is no JSON. Fetch the file again.`, { cause });
  }
}
