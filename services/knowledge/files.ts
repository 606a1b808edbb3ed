import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { kindOfName } from './readers/kind.ts';

/** A file on this machine and what it is called in the knowledge base. */
export interface NamedFile {
  path: string;
  name: string;
}

/**
 * The documents of a folder and all below it, by their extension, in the order of their names; or the one file that was
 * named, whatever its extension. Names are relative to the folder, with forward slashes.
 */
export async function filesBelow(path: string): Promise<NamedFile[]> {
  if (!(await stat(path)).isDirectory()) return [{ path, name: basename(path) }];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && kindOfName(entry.name) !== undefined)
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: file, name: relative(path, file).split(sep).join('/') }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
