import { stat } from 'node:fs/promises';
import { Presets, SingleBar } from 'cli-progress';
import { asParlanceError, maxSourceBytes, type Source } from '#contracts';
import type { NamedFile } from '../../knowledge/files.ts';
import type { KnowledgeAccess } from './access.ts';

/** What became of a file. */
export interface AddedFile {
  name: string;
  /** Null when it was not even taken. */
  source: Source | null;
  problem: string | null;
}

const pollMs = 200;

/** Takes files in and waits until each is read, with a bar on standard error where somebody sees it. A file that fails stops no other. */
export async function addFiles(
  access: KnowledgeAccess,
  files: NamedFile[],
  language: string | undefined,
  { show, signal }: { show: boolean; signal: AbortSignal },
): Promise<AddedFile[]> {
  const bar = new SingleBar(
    {
      stream: process.stderr,
      clearOnComplete: true,
      hideCursor: true,
      format: '{bar} {percentage}% · {value} of {total} documents read',
    },
    Presets.shades_classic,
  );
  if (show) bar.start(files.length, 0);
  try {
    const taken: AddedFile[] = [];
    for (const file of files) {
      signal.throwIfAborted();
      taken.push(await take(access, file, language));
    }
    const added: AddedFile[] = [];
    for (const file of taken) {
      added.push(await settled(access, file, signal));
      if (show) bar.update(added.length);
    }
    return added;
  } finally {
    if (show) bar.stop();
  }
}

async function take(
  access: KnowledgeAccess,
  { name, path }: NamedFile,
  language: string | undefined,
): Promise<AddedFile> {
  if ((await stat(path)).size > maxSourceBytes) {
    return {
      name,
      source: null,
      problem: `The file is larger than ${maxSourceBytes / 1024 ** 2} MiB. Split it.`,
    };
  }
  try {
    return { name, source: await access.add(name, path, language), problem: null };
  } catch (thrown) {
    const error = asParlanceError(thrown);
    // What is wrong with one file is its own; anything else would be wrong with all of them.
    if (error.code !== 'invalid_input' && error.code !== 'too_large') throw error;
    return { name, source: null, problem: error.message };
  }
}

async function settled(
  access: KnowledgeAccess,
  { name, source, problem }: AddedFile,
  signal: AbortSignal,
): Promise<AddedFile> {
  let now = source;
  while (now?.state === 'reading') {
    await new Promise((resolve) => setTimeout(resolve, pollMs));
    signal.throwIfAborted();
    now = await access.get(now.id);
  }
  return { name, source: now, problem: now?.problem ?? problem };
}
