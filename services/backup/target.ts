import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { ParlanceError } from '#contracts';

/** Throws `conflict` when there is a file where a backup is to be written, `not_found` when its folder is not there. */
export function requireNewFile(file: string): void {
  if (existsSync(file)) {
    throw new ParlanceError('conflict', `${file} exists already. Choose another name or remove it first.`);
  }
  const folder = dirname(file);
  if (!existsSync(folder)) {
    throw new ParlanceError('not_found', `There is no folder ${folder}. Make it, or choose another.`);
  }
}
