import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { SampleResult } from '#contracts';
import { FileJournal, readResults } from './journal-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'parlance-journal-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('reads back an answer that is longer than any row of a dataset may be', async () => {
  const path = join(folder, 'results.jsonl');
  const output = 'x'.repeat(20_000_000);
  const answer = { output, error: null, latencyMs: 1, tokens: null, cost: null };
  const result: SampleResult = {
    ...{ id: 'a', input: 'q', expected: null, group: 'a', slices: {}, repeat: 0 },
    ...{ answer, scores: {} },
  };
  const journal = await FileJournal.open(path);
  await journal.add(result);
  await journal.add({ ...result, id: 'b' });
  await journal.close();
  const read = [];
  for await (const { id, answer } of readResults(path)) read.push([id, String(answer.output).length]);
  expect(read).toEqual([
    ['a', output.length],
    ['b', output.length],
  ]);
});
