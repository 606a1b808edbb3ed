import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openHistory } from './history.ts';

const root = mkdtempSync(join(tmpdir(), 'parlance-history-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

it('keeps a line for each measurement, also where there is no git repository', () => {
  mkdirSync(join(root, 'bench'));
  for (const task of ['first', 'second']) openHistory(root).add({ task });
  const lines = readFileSync(join(root, 'bench/history.jsonl'), 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { task: 'first', commit: null, cores: expect.any(Number) },
    { task: 'second', commit: null },
  ]);
});

it('fails before the measuring where it cannot be written', () => {
  expect(() => openHistory(join(root, 'nowhere'))).toThrow();
});
