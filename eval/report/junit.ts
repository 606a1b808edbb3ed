import type { EvaluationRun } from '#contracts';

/** A run in JUnit's XML, as build servers read it: a test for each gate, and one for the errors. */
export function junitReport(run: EvaluationRun): string {
  const { suite, gates, counts, startedAt, endedAt } = run;
  const seconds = (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
  const rate = counts.rows > 0 ? counts.errored / counts.rows : 1;
  const cases = [
    {
      name: `at most ${suite.maxErrorRate * 100} % errors`,
      outcome: rate > suite.maxErrorRate ? 'failed' : 'passed',
      words: `${counts.errored} of ${counts.rows} answers were errors.`,
    },
    ...gates.map(({ rule, outcome, words }) => ({ name: rule, outcome, words })),
  ];
  const broken = cases.filter(({ outcome }) => outcome !== 'passed');
  const head = `name=${quoted(suite.suite)} tests="${cases.length}" failures="${broken.length}" time="${seconds}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites><testsuite ${head} timestamp=${quoted(startedAt)}>`,
    ...cases.map(({ name, outcome, words }) => {
      const test = `<testcase classname=${quoted(suite.suite)} name=${quoted(name)}`;
      return outcome === 'passed'
        ? `${test}/>`
        : `${test}><failure type="${outcome}" message=${quoted(words)}/></testcase>`;
    }),
    '</testsuite></testsuites>',
    '',
  ].join('\n');
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
};

// Most control characters cannot be written in XML 1.0 at all.
const quoted = (text: string) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that are taken out
  `"${text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replaceAll(/[&<>"\n]/g, (c) => entities[c] ?? c)}"`;
