export type SuiteSource = 'bundled' | 'yaml';

/** What a suite looks like at its smallest. */
export const exampleSuite = `suite: my-first-suite
version: 1
title: My first suite
dataset:
  rows:
    - { id: praise, input: The agent was kind and quick., expected: positive }
    - { id: complaint, input: I waited an hour for nothing., expected: negative }
    - { id: fact, input: My order number is 4711., expected: neutral }
target: { task: sentiment }
answer: /label
scorers:
  - { name: accuracy }
gates:
  - { metric: accuracy, floor: 0.3 }
`;

interface StartErrors {
  suite?: string;
  model?: string;
  limit?: string;
  /** What belongs to none of the fields. */
  general?: string;
}

/**
 * What the server found wrong, by field. Of a suite that is sent it points into the suite itself, such as /scorers/0/name, and all
 * of that belongs to its box.
 */
export function sourced(errors: Partial<Record<string, string>>, source: SuiteSource): StartErrors {
  const { '/model': model, '/limit': limit, '': general, ...rest } = errors;
  const inSuite = Object.entries(rest).map(([pointer, detail]) =>
    source === 'bundled' || pointer === '/yaml' ? detail : `${pointer.slice(1)}: ${detail}`,
  );
  const ofSuite = inSuite.length > 0 ? inSuite.join('; ') : undefined;
  // YAML that cannot be read has no place to point to.
  return source === 'yaml' && general && !ofSuite
    ? { model, limit, suite: general }
    : { model, limit, suite: ofSuite, general };
}
