import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { answersOf, openFixture } from '../../test/fixtures/architectures/open.ts';
import { crossEncoder } from './cross-encoder.ts';

const reference = join(import.meta.dirname, '../../test/fixtures/architectures/reference/pairs.json');

it('scores pairs as transformers does, alone and in a batch, also those that are cut', async () => {
  const card = { task: 'rerank', kernel: 'cross-encoder', maxTokens: 48 } as const;
  const model = await openFixture('tiny-cross-encoder', card);
  const rows: { query: string; text: string; logit: number }[] = JSON.parse(
    await readFile(reference, 'utf8'),
  );
  const together = await answersOf(crossEncoder, model, rows);
  for (const [at, row] of rows.entries()) {
    const [alone] = await answersOf(crossEncoder, model, [row]);
    expect(alone).toBeCloseTo(row.logit, 3);
    expect(together[at]).toBeCloseTo(row.logit, 3);
  }
});
