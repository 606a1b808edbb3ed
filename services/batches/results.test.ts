import { expect, it } from 'vitest';
import { createMemoryBlobs } from '../blobs/memory.ts';
import type { BatchRow } from './batch-rows.ts';
import { resultFile } from './results.ts';

it('refuses JSON Lines before the first byte where an object would need a name twice, and only there', () => {
  const jobOf = (columns: string[], carry: string[] | null) =>
    ({ order: { file: { name: 'x.csv', format: 'csv', columns }, carry, delimiter: ',' } }) as BatchRow;
  const asked = (...job: Parameters<typeof jobOf>) =>
    resultFile(createMemoryBlobs(), jobOf(...job), [], 'jsonl');
  expect(() => asked(['id', 'id', 'text'], null)).toThrow(/twice/);
  expect(() => asked(['id', 'text'], ['id', 'id'])).toThrow(/twice/);
  expect(asked(['id', 'id', 'text'], ['text'])).toMatchObject({ format: 'jsonl' });
});
