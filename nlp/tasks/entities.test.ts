import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EntitiesOptions, ModelCard } from '#contracts';
import type { ModelCall } from '#inference';
import { entities } from './entities.ts';
import { redactions } from './redactions.ts';

/** A model that finds these words, with its own names for them. */
const callFor = (named: Record<string, string>, card: Partial<ModelCard> = {}) =>
  ({
    chosen: true,
    card: { maxTokens: 64, ...card },
    infer: async (inputs: { text: string }[]) =>
      inputs.map(({ text }) => ({
        tokens: 1,
        truncated: false,
        value: Object.entries(named).flatMap(([word, label]) => {
          const start = text.indexOf(word);
          return start < 0 ? [] : [{ label, score: 0.9, start, end: start + word.length }];
        }),
      })),
  }) as unknown as ModelCall;
const without = { chosen: false } as unknown as ModelCall;

async function find(text: string, call: ModelCall, options: EntitiesOptions = {}) {
  const [result] = await entities.run([text], options, call);
  for (const { text: own, start, end } of result?.entities ?? []) expect(text.slice(start, end)).toBe(own);
  return (result?.entities ?? []).map(({ type, text: own, label }) => [type, own, label]);
}

describe('entities by a model', () => {
  const text = '👍 Ana Paz (ana@example.com) of Acme paid with 4111 1111 1111 1111 in Ruritania.';
  const named = { 'Ana Paz': 'PER', Acme: 'ORG', Ruritania: 'GPE', paid: 'DEED' };

  it('are names beside what patterns find, which our own recogniser is not asked for', async () => {
    expect(await find(text, callFor(named))).toEqual([
      ['person', 'Ana Paz', 'PER'],
      ['email', 'ana@example.com', undefined],
      ['organization', 'Acme', 'ORG'],
      ['other', 'paid', 'DEED'],
      ['card', '4111 1111 1111 1111', undefined],
      ['place', 'Ruritania', 'GPE'],
    ]);
    expect(await find(text, callFor({}))).toHaveLength(2);
  });

  it('are what the card says, of the kinds that are asked for, or of the model alone', async () => {
    const call = callFor(named, { kinds: { DEED: 'reference' } });
    expect(await find(text, call, { kinds: ['reference', 'card'] })).toEqual([
      ['reference', 'paid', 'DEED'],
      ['card', '4111 1111 1111 1111', undefined],
    ]);
    expect(await find(text, call, { patterns: false })).toHaveLength(4);
  });

  it('give way to patterns, and what is beside these stays where it has a letter', async () => {
    const greedy = callFor({ 'Ana Paz (ana@example.com) of': 'PER', '4111 1111 1111 1111 ': 'ORG' });
    expect(await find(text, greedy)).toEqual([
      ['person', 'Ana Paz', 'PER'],
      ['email', 'ana@example.com', undefined],
      ['person', 'of', 'PER'],
      ['card', '4111 1111 1111 1111', undefined],
    ]);
  });

  it('have offsets in any text', async () => {
    const odd = fc.constantFrom(
      'Ana',
      ' ',
      '👍🏽',
      'e\u0301',
      '\u200b',
      'שלום',
      '4111111111111111',
      'a@b.example',
      '\u0000',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(odd, { maxLength: 20 }), async (parts) => {
        await find(parts.join(''), callFor({ Ana: 'B-PER', '👍🏽': 'X', '4111111111111111 ': 'Y' }));
      }),
    );
  });

  it('of a very long text are found in every section of it, and none is read with all of the others', async () => {
    const read: string[] = [];
    const call = callFor({ Acme: 'ORG' });
    const infer = call.infer;
    const listening = {
      ...call,
      infer: (inputs: { text: string }[]) => {
        read.push(...inputs.map(({ text }) => text));
        return infer(inputs);
      },
    } as unknown as ModelCall;
    const long = `${'The parcel is late. 👍 '.repeat(200)}It was sent by Acme.`;
    expect(await find(long, listening)).toEqual([['organization', 'Acme', 'ORG']]);
    expect(read.length).toBeGreaterThan(1);
    expect(Math.max(...read.map(({ length }) => length))).toBeLessThanOrEqual(64 * 16);
  });

  it('are taken out of a text', async () => {
    const [redacted] = await redactions.run([text], { kinds: ['person', 'card'] }, callFor(named));
    expect(redacted?.text).toBe('👍 [PERSON] (ana@example.com) of Acme paid with [CARD] in Ruritania.');
  });
});

it('without a model, options of models are refused by name', async () => {
  await expect(find('Ana', without, { aggregation: 'max' })).rejects.toMatchObject({ code: 'unsupported' });
  await expect(find('Ana', without, { patterns: false })).rejects.toMatchObject({ code: 'unsupported' });
  expect(await find('ana@example.com', without)).toHaveLength(1);
});
