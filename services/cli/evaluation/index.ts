export { suiteSchema } from '#eval';
export { acceptRun } from './accept.ts';
export { importSuite } from './import-suite.ts';
export { bundledSuites } from './list.ts';
export { type PreferFlags, preferRuns } from './prefer.ts';
export { publishRun } from './publish.ts';
export { type RunFlags, runSuites } from './run-suites.ts';
export { acceptedTable } from './table.ts';
