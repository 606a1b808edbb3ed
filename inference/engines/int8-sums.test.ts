import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { int8SumsAreExact } from './int8-sums.ts';

const features = '/proc/cpuinfo';

test.runIf(process.arch === 'x64' && existsSync(features))('processors with VNNI sum exactly', async () => {
  const has = /\b(avx512_vnni|avx_vnni)\b/.test(readFileSync(features, 'utf8'));
  expect(await int8SumsAreExact()).toBe(has);
});
