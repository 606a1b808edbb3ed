import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { loadConfig } from './config.ts';

it('keeps the data in the installation unless a folder is named, which is relative to the working folder', () => {
  const { root, dataDir } = loadConfig({});
  expect(dataDir).toBe(join(root, '.parlance'));
  const cwd = process.cwd();
  try {
    process.chdir('/');
    expect(loadConfig({}).dataDir).toBe(dataDir);
    expect(loadConfig({ PARLANCE_DATA_DIR: 'elsewhere' }).dataDir).toBe(resolve('/elsewhere'));
  } finally {
    process.chdir(cwd);
  }
});
