import { mkdtempSync } from 'node:fs';
import { mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, expect, it } from 'vitest';
import { blobStoreSuite } from '../test/suites/blob-store.ts';
import { openFolderBlobs } from './blobs/folder.ts';
import { createMemoryBlobs } from './blobs/memory.ts';

const folder = mkdtempSync(join(tmpdir(), 'parlance-blobs-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

blobStoreSuite('in memory', async () => createMemoryBlobs());
blobStoreSuite('in a folder', () => openFolderBlobs(join(folder, 'suite')));

it('says which folder it is that cannot be used', async () => {
  const path = join(folder, 'a-file');
  await writeFile(path, '');
  const refused = { code: 'invalid_input', message: expect.stringContaining(`${path} cannot be used`) };
  await expect(openFolderBlobs(path)).rejects.toMatchObject(refused);
});

it('finds its files again after a restart and leaves no draft behind', async () => {
  const path = join(folder, 'restart');
  const { id } = await (await openFolderBlobs(path)).put(Buffer.from('kept'));
  const again = await openFolderBlobs(path);
  await expect(again.put(Buffer.from('too large'), { maxBytes: 1 })).rejects.toMatchObject({
    code: 'too_large',
  });
  expect(await buffer(await again.get(id))).toEqual(Buffer.from('kept'));
  expect(await readdir(join(path, 'drafts'))).toEqual([]);
});

it('tells a reader that asked for it when a file is damaged', async () => {
  const path = join(folder, 'damaged');
  const blobs = await openFolderBlobs(path);
  const { id } = await blobs.put(Buffer.from('as it was'));
  await writeFile(join(path, id.slice(0, 2), id.slice(2)), 'as it is now');
  await expect(buffer(await blobs.get(id, { verify: true }))).rejects.toMatchObject({ code: 'internal' });
});

it('clears away what a killed process left, but not what another one is writing', async () => {
  const path = join(folder, 'abandoned');
  await mkdir(join(path, 'drafts'), { recursive: true });
  await writeFile(join(path, 'drafts', 'old'), 'x');
  await writeFile(join(path, 'drafts', 'young'), 'x');
  const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000);
  await utimes(join(path, 'drafts', 'old'), twoDaysAgo, twoDaysAgo);
  await openFolderBlobs(path);
  expect(await readdir(join(path, 'drafts'))).toEqual(['young']);
});
