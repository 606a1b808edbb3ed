import { describe, expect, it } from 'vitest';
import { type Intent, intentList, ParlanceError } from '#contracts';
import { countChanges, type Draft, isChanged, newDraft, toDraft, toIntent } from './draft.ts';
import { problemsOf, serverProblems } from './problems.ts';

const fee: Intent = {
  name: 'late_fee',
  description: 'A fee for paying late',
  examples: { en: ['why this fee', 'late fee'], es: ['recargo'] },
  action: { kind: 'answer', article: 'late-fee' },
};
const hello: Intent = {
  name: 'hello',
  description: 'Greets',
  examples: { en: ['hi'] },
  action: { kind: 'smalltalk', reply: { en: 'Hello!', es: '¡Hola!' } },
};
const person: Intent = {
  name: 'person',
  description: 'Wants a person',
  examples: { en: ['a human please'] },
  action: { kind: 'handoff' },
};
const saved = [fee, hello, person];

describe('a draft', () => {
  it('is the intent again, without what is blank', () => {
    expect(saved.map(toDraft).map(toIntent)).toEqual(saved);
    const untidy: Draft = {
      ...toDraft(fee),
      name: ' late_fee ',
      examples: [
        { language: 'en', text: '\n a \n\nb\n' },
        { language: 'fr', text: ' ' },
      ],
    };
    expect(toIntent(untidy)).toMatchObject({ name: 'late_fee', examples: { en: ['a', 'b'] } });
  });

  it('counts as changed only where it would save something else', () => {
    const drafts = saved.map(toDraft);
    expect(countChanges(drafts, saved)).toBe(0);
    const blank = {
      ...drafts[0],
      examples: [...(drafts[0]?.examples ?? []), { language: 'de', text: '' }],
    } as Draft;
    expect(isChanged(blank, saved)).toBe(false);
    const renamed = { ...drafts[0], name: 'fee' } as Draft;
    expect(isChanged(renamed, saved)).toBe(true);
    expect(countChanges([newDraft(), renamed, drafts[1] as Draft], saved)).toBe(3);
  });

  it('that passes here passes the contract', () => {
    const drafts = saved.map(toDraft);
    expect(problemsOf(drafts)).toEqual([{}, {}, {}]);
    expect(intentList.safeParse({ intents: drafts.map(toIntent) }).success).toBe(true);
  });
});

describe('what has to be mended', () => {
  const problemOf = (changes: Partial<Draft>) => problemsOf([{ ...toDraft(fee), ...changes }])[0];

  it('stands at its field', () => {
    expect(Object.keys(problemsOf([newDraft()])[0] ?? {})).toEqual([
      'name',
      'description',
      'examples.en',
      'article',
    ]);
    expect(problemOf({ name: 'late fee' })).toHaveProperty('name');
    expect(problemOf({ examples: [] })).toHaveProperty('examples');
    expect(
      problemOf({ examples: [{ language: 'es', text: `ok\n${'x'.repeat(301)}` }] })?.['examples.es'],
    ).toContain('2');
    expect(problemOf({ kind: 'smalltalk', replies: [{ language: 'es', text: ' ' }] })).toHaveProperty(
      'reply.es',
    );
    expect(problemOf({ kind: 'handoff', article: '' })).toEqual({});
  });

  it('is said of both that share a name', () => {
    const twins = problemsOf([toDraft(fee), { ...toDraft(hello), name: 'late_fee' }, toDraft(person)]);
    expect(twins.map((each) => 'name' in each)).toEqual([true, true, false]);
  });

  it('comes from the server to the same places', () => {
    const error = new ParlanceError('invalid_input', 'x', {
      details: {
        errors: [
          { pointer: '/intents/3/examples/en/1', detail: 'too long' },
          { pointer: '/intents/3/name', detail: 'not an identifier' },
          { pointer: '/intents/0/action/reply/es', detail: 'empty' },
          { pointer: '/intents/1/action/article', detail: 'no such article' },
          { pointer: '/intents', detail: 'too many' },
        ],
      },
    });
    expect(serverProblems(error)).toEqual(
      new Map([
        [3, { 'examples.en': 'Example 2: too long', name: 'not an identifier' }],
        [0, { 'reply.es': 'empty' }],
        [1, { article: 'no such article' }],
        [-1, { '': 'too many' }],
      ]),
    );
    expect(serverProblems(new ParlanceError('storage_full', 'The disk is full.')).get(-1)).toEqual({
      '': 'The disk is full.',
    });
    expect(serverProblems(null).size).toBe(0);
  });
});
