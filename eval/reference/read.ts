import { readFileSync } from 'node:fs';

/** The cases of `<name>.json` beside this file, which a generator wrote; `Cases` is on the reader's word. */
export const readReference = <Cases>(name: string): Cases =>
  JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8'));
