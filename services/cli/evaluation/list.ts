import { planOf } from '../../evaluation/plan.ts';
import { bundledNames } from '../../evaluation/suites.ts';
import { findSuite } from './suites.ts';

/** The suites that come with Parlance, each with what a run of it can show. */
export async function bundledSuites(root: string) {
  const names = await bundledNames(root);
  const found = await Promise.all(names.map((name) => findSuite(root, name)));
  return await Promise.all(
    found.map(async ({ suite, folder }) => ({ ...suite.document, plan: await planOf(suite, folder) })),
  );
}
