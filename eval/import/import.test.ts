import { describe, expect, it } from 'vitest';
import { openSuite } from '../suite/read.ts';
import { importLmEval } from './lm-eval.ts';
import { importPromptfoo } from './promptfoo.ts';

const promptfoo = `
description: Greets people
prompts: ['Greet {{name}} in {{language}}']
providers: [openai:chat:gpt-4o-mini]
tests:
  - vars: { name: Ana, language: Spanish }
    assert: [{ type: contains, value: Hola }, { type: not-contains, value: Hello }]
  - vars: { name: Tom, language: English }
    assert: [{ type: icontains, value: hello }, { type: not-contains, value: Hola }, { type: latency, threshold: 500 }]
`;

describe('a suite of promptfoo', () => {
  it('becomes a suite that can be read, and says what was left', () => {
    const { suite, left } = importPromptfoo(promptfoo, 'greetings');
    const { document, scorers } = openSuite(suite);
    expect(document).toMatchObject({
      title: 'Greets people',
      target: { endpoint: { model: 'gpt-4o-mini', prompt: 'Greet {{name}} in {{language}}' } },
    });
    expect(scorers.map(({ as, expects }) => [as, expects])).toEqual([
      ['contains', '/contains'],
      ['not-contains', '/not-contains'],
      ['icontains', '/icontains'],
    ]);
    expect('rows' in document.dataset && document.dataset.rows).toMatchObject([
      {
        input: { name: 'Ana', language: 'Spanish' },
        expected: { contains: 'Hola', 'not-contains': 'Hello' },
      },
      { expected: { icontains: 'hello', 'not-contains': 'Hola' } },
    ]);
    expect(left).toEqual(['test 2: the assertion latency']);
  });

  it('says that what holds for all tests is left, and tells tests apart that are described alike', () => {
    const assert = '[{ type: contains, value: x }, { type: contains, value: "{{a}}" }]';
    const tests = `[{ description: same, assert: ${assert} }, { description: same, assert: [{ type: equals, value: y }] }]`;
    const { suite, left } = importPromptfoo(`prompts: [a]\ndefaultTest: {}\ntests: ${tests}`, 'x');
    expect(suite.dataset).toMatchObject({
      rows: [{ id: 'same', expected: { contains: 'x' } }, { id: 'test-2' }],
    });
    expect(left).toEqual(['defaultTest: give each test what it says', 'test 1: the assertion contains']);
  });

  it.each([
    ['prompts: [file://prompt.txt]\ntests: [{ assert: [{ type: equals, value: a }] }]', 'file://prompt.txt'],
    ['[', 'not YAML'],
    ['prompts: []', 'prompts'],
    ['prompts: [a]\ntests: [{ assert: [{ type: cost, threshold: 1 }] }]', 'Nothing in this file'],
  ])('is refused: %s', (text, message) => {
    expect(() => importPromptfoo(text, 'x')).toThrow(message);
  });
});

describe('rows of lm-evaluation-harness', () => {
  const all = async (
    ...rows: Parameters<typeof importLmEval>[0] extends infer R
      ? Extract<R, Iterable<unknown>> extends Iterable<infer T>
        ? T[]
        : never
      : never
  ) => {
    const read = [];
    for await (const row of importLmEval(rows)) read.push(row);
    return read;
  };

  it('become lettered choices, or texts', async () => {
    const [first, second, third] = await all(
      { query: 'Sky?', choices: ['green', 'blue'], gold: 1 },
      { doc_id: 7, doc: { question: 'Capital of France?', answer: 'Paris' }, target: 'Paris' },
      { question: 'Water?', choices: ['dry', 'wet'], answer: 'wet' },
    );
    expect(first).toEqual({
      id: '1',
      input: 'Sky?\nA. green\nB. blue\nAnswer with the letter alone.',
      expected: 'B',
    });
    expect(second).toEqual({ id: '7', input: 'Capital of France?', expected: 'Paris' });
    expect(third?.expected).toBe('B');
  });

  it('are read as tasks log them: choices with labels, and the right one as text', async () => {
    const logged = await all(
      {
        doc_id: 0,
        target: 2,
        doc: {
          question: 'Ice?',
          choices: { text: ['hot', 'warm', 'cold'], label: ['A', 'B', 'C'] },
          answerKey: 'C',
        },
      },
      { doc_id: 1, target: 1, doc: { query: 'Sun?', choices: ['cold', 'hot'], label: '1', gold: 1 } },
      { doc_id: 2, target: 'B', doc: { question: 'Sea?', choices: ['dry', 'wet'], answer: 'B' } },
    );
    expect(logged[0]?.input).toBe('Ice?\nA. hot\nB. warm\nC. cold\nAnswer with the letter alone.');
    expect(logged.map(({ expected }) => expected)).toEqual(['C', 'B', 'B']);
  });

  it('are refused where a question has lost its choices', async () => {
    const lost = { doc_id: 0, target: 1, doc: { question: 'Is it?', passage: 'It is.', label: 1 } };
    await expect(all(lost)).rejects.toThrow(/^Row 1 /);
    await expect(all({ question: 'a', choices: ['x', 'y'], answer: 'z' })).rejects.toThrow(/^Row 1 /);
  });

  it('are refused by their number when they are something else', async () => {
    await expect(all({ question: 'a', target: 'b' }, { nothing: true })).rejects.toThrow(/^Row 2 /);
    await expect(all({ query: 'a', choices: ['x', 'y'], gold: 5 })).rejects.toThrow(/^Row 1 /);
  });
});
