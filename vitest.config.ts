import { defineConfig } from 'vitest/config';
import { asCompiled, compiledAreas } from './test/fixtures/compiled-areas.ts';
import { quickStart } from './test/fixtures/quick-start.ts';

/** Folders whose tests lie beside the code. */
const areas = ['contracts', 'client', 'inference', 'nlp', 'eval', 'services', 'chat-ui', 'scripts', 'bench'];
/** What others speak to us with, and what we speak to. */
const clients = ['test/clients/**/*.test.ts', 'test/model-servers/**/*.test.ts'];
const generous = { testTimeout: 30_000, hookTimeout: 60_000, teardownTimeout: 20_000 };

/** Four projects: beside the code, across areas, with the programs of others, in the browser. Two workers, because two cores are the floor. */
export default defineConfig({
  plugins: [compiledAreas],
  test: {
    server: { deps: { external: asCompiled } },
    globalSetup: 'test/fixtures/compile.mjs',
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          ...generous,
          name: 'unit',
          execArgv: quickStart,
          // Here and below: files leave nothing behind, so they share what they import, a quarter of the work.
          isolate: false,
          sequence: { groupOrder: 0 },
          include: areas.map((area) => `${area}/**/*.test.{ts,tsx,mjs}`),
        },
      },
      {
        extends: true,
        test: {
          ...generous,
          name: 'integration',
          isolate: false,
          execArgv: quickStart,
          sequence: { groupOrder: 1 },
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', ...clients],
          // These start servers and databases of their own: one file at a time keeps each within the machine.
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          ...generous,
          name: 'clients',
          isolate: false,
          execArgv: quickStart,
          sequence: { groupOrder: 2 },
          include: clients,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          ...generous,
          name: 'e2e',
          isolate: false,
          sequence: { groupOrder: 3 },
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
