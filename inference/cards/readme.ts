import { parse } from 'yaml';
import { z } from 'zod';

/** What a model's readme says in the block of YAML at its head. */
export interface ReadmeFacts {
  licence: string | undefined;
  /** BCP 47. */
  languages: string[];
}

const some = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const head = z.looseObject({
  license: some.nullish().catch(undefined),
  language: some.nullish().catch(undefined),
});

/** SPDX writes these otherwise than the hub does. */
const spdx: Record<string, string> = { 'apache-2.0': 'Apache-2.0', mit: 'MIT', 'cc-by-4.0': 'CC-BY-4.0' };

/** Reads that block. A readme without one, or with one that cannot be read, says nothing. */
export function factsOfReadme(text: string): ReadmeFacts {
  const block = /^---\r?\n([\s\S]*?)\r?\n---/.exec(text)?.[1];
  const { license, language } = head.safeParse(block === undefined ? {} : yamlOf(block)).data ?? {};
  const [licence] = license ?? [];
  return { licence: licence && (spdx[licence] ?? licence), languages: language ?? [] };
}

function yamlOf(block: string): unknown {
  try {
    return parse(block);
  } catch {
    return undefined;
  }
}

/** The text below that block. */
export const bodyOfReadme = (text: string): string => text.replace(/^---\r?\n[\s\S]*?\r?\n---\s*/, '');
