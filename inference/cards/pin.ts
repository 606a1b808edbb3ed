import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { invalidInput, type ModelCard, type ModelFile, modelCard, ParlanceError } from '#contracts';
import { filesOf } from './derive.ts';
import type { ModelLayout } from './layout.ts';
import type { DerivedCard } from './own.ts';

/**
 * A card with the checksums of its files as they are now. Its revision is the content of its graph, where nobody says another.
 * @throws ParlanceError `unsupported` as `filesOf`, and for a file of a name that cannot be used
 */
export async function pinCard(
  card: DerivedCard,
  folder: string,
  { paths }: ModelLayout,
  revision?: string,
): Promise<ModelCard> {
  const files: ModelFile[] = [];
  for (const path of filesOf(card, paths)) files.push(await pinned(folder, path));
  const graph = files.find(({ path }) => path === card.graph);
  const whole = modelCard.safeParse({
    ...card,
    files,
    revision: revision ?? card.revision ?? graph?.sha256.slice(0, 12),
  });
  if (whole.success) return whole.data;
  throw new ParlanceError(
    'unsupported',
    `${card.id} cannot be served as it is. ${invalidInput(whole.error, 'The card').message}`,
  );
}

async function pinned(folder: string, path: string): Promise<ModelFile> {
  const { size } = await stat(join(folder, path));
  return { path, size, sha256: await sha256Of(join(folder, path)) };
}

/** The SHA-256 of a file of any size, in hexadecimal. */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}
