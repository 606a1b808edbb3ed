import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { parseIntents, readIntentsFile } from './intents-file.ts';

it('reads the intents of the sample company', async () => {
  const intents = await readIntentsFile(
    fileURLToPath(new URL('../../examples/orrin/intents.yaml', import.meta.url)),
  );
  expect(intents.length).toBeGreaterThan(10);
  expect(new Set(intents.map(({ action }) => action.kind))).toEqual(
    new Set(['answer', 'handoff', 'smalltalk']),
  );
});

const one = (action: string) =>
  `intents:\n  - name: a\n    description: d\n    examples: { en: [x] }\n${action}`;

it('puts what an action needs into it', () => {
  expect(parseIntents(one('    action: answer\n    article: late-fee\n'))[0]?.action).toEqual({
    kind: 'answer',
    article: 'late-fee',
  });
  expect(parseIntents(one('    action: smalltalk\n    reply: { en: Hello }\n'))[0]?.action).toEqual({
    kind: 'smalltalk',
    reply: { en: 'Hello' },
  });
});

it.each([
  ['no YAML', 'intents: [', /not valid YAML/],
  ['an unknown action', one('    action: dance\n'), /intents\[0\]\.action/],
  ['an answer without its article', one('    action: answer\n'), /intents\[0\]\.article/],
  [
    'an example that is a number',
    'intents:\n  - { name: a, description: d, action: handoff, examples: { en: [7] } }',
    /intents\[0\]\.examples\.en\[0\]/,
  ],
])('is refused, naming the place: %s', (_, text, message) => {
  expect(() => parseIntents(text)).toThrow(message);
});
