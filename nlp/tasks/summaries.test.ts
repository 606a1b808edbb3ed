import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ModelCall } from '#inference';
import { fakeEmbed } from '../chat/fake.ts';
import { summaries } from './summaries.ts';

/** Embeds by shared words; a turn is as good as it says. Reads at most 40 words at once. */
const call = {
  card: { maxTokens: 40, labels: ['negative', 'neutral', 'positive'] },
  async infer(texts: string[]) {
    const vectors = await fakeEmbed(texts);
    return texts.map((text, at) => ({
      value: vectors[at],
      tokens: 1,
      truncated: text.split(/\s+/).length > 40,
    }));
  },
  with: () => ({
    card: { maxTokens: 100, labels: ['negative', 'neutral', 'positive'] },
    async infer(texts: string[]) {
      return texts.map((text) => {
        const [bad, good] = [/annoyed|awful/.test(text), /happy|perfect/i.test(text)];
        const value = Float32Array.from([bad ? 0.9 : 0.05, bad || good ? 0.1 : 0.9, good ? 0.9 : 0.05]);
        return { value, tokens: 1, truncated: false };
      });
    },
  }),
} as unknown as ModelCall;

const summarize = async (text: string, options = {}) => {
  const [result] = await summaries.run([text], options, call);
  if (!result) throw new Error('there is no result');
  return result;
};

const conversation = [
  'Agent: Good morning, how can I help you?',
  'Customer: Hi. I am annoyed, my parcel 48213 has not arrived.',
  'Agent: I am sorry to hear that. May I have your name?',
  'Customer: Ada Byron.',
  'Agent: Thank you. I have sent a replacement today.',
  'It will reach you within two days.',
  'Customer: Perfect, that is all. I am happy now.',
].join('\n');

describe('the summary of a text', () => {
  const text =
    'The router connects the house to the network. A cat slept. The router lost the network because of the cable. The cable of the router was replaced. It rained.';

  test('has the sentences that share most with the others, in their order, with their places', async () => {
    const { sentences, text: summary } = await summarize(text, { sentences: 2 });
    expect(sentences).toHaveLength(2);
    expect(summary).toBe(sentences.map((each) => each.text).join(' '));
    expect(summary).not.toMatch(/cat|rained/);
    for (const each of sentences) expect(text.slice(each.start, each.end)).toBe(each.text);
    expect(sentences[0]?.start).toBeLessThan(sentences[1]?.start as number);
  });

  test.each([
    [{}, 2],
    [{ sentences: 4 }, 4],
    [{ ratio: 0.2 }, 1],
    [{ ratio: 1 }, 5],
    [{ ratio: 0.01 }, 1],
    [{ ratio: 1, sentences: 3 }, 3],
    [{ words: 1 }, 1],
    [{ words: 1000 }, 5],
  ])('with %o has %i of five sentences', async (options, count) => {
    expect((await summarize(text, options)).sentences).toHaveLength(count);
  });

  test('has no more words than asked for', async () => {
    const { text: summary } = await summarize(text, { words: 12 });
    expect(summary.split(' ').length).toBeLessThanOrEqual(12);
  });

  test.each(['Word', 'One sentence only.', '👍', '...', '12'])('of %s is itself', async (one) => {
    expect(await summarize(one)).toEqual({
      text: one,
      sentences: [{ text: one, start: 0, end: one.length, score: 1 }],
    });
  });

  test('does not say the same twice', async () => {
    const twice = 'The parcel is late again. The parcel is late again. The refund was paid. Rain fell.';
    const { sentences } = await summarize(twice, { sentences: 2 });
    expect(new Set(sentences.map((each) => each.text)).size).toBe(2);
  });

  test('of 100,000 characters without a full stop is a part of them', async () => {
    const { sentences } = await summarize('lorem ipsum '.repeat(8333).trim());
    expect(sentences.length).toBeGreaterThan(0);
    expect(sentences.every((each) => each.text.length <= 600)).toBe(true);
  });

  test('of more sentences than one call may have is refused with the field', async () => {
    const refused = { code: 'too_large', details: { errors: [{ pointer: '/input' }] } };
    await expect(summarize('Go! '.repeat(16_385))).rejects.toMatchObject(refused);
  });

  test('has true places, whatever the text', async () => {
    const parts = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('. ', '\n', '\n- ', ' word ', '# ', '👍🏽', '؟ '),
    );
    const given = fc
      .array(parts)
      .map((each) => each.join(''))
      .filter((each) => each.trim() !== '');
    await fc.assert(
      fc.asyncProperty(given, async (each) => {
        const { sentences } = await summarize(each);
        expect(sentences.length).toBeGreaterThan(0);
        for (const { start, end, text: said } of sentences) expect(each.slice(start, end)).toBe(said);
      }),
    );
  });
});

describe('the summary of a conversation', () => {
  test('has what came of it, each with its turns', async () => {
    const { conversation: facts, sentences } = await summarize(conversation, { kind: 'conversation' });
    expect(facts).toMatchObject({
      issue: {
        text: 'I am annoyed, my parcel 48213 has not arrived.',
        turns: [{ turn: 1, speaker: 'Customer' }],
      },
      done: { text: 'I have sent a replacement today.', turns: [{ turn: 4, speaker: 'Agent' }] },
      outcome: { text: 'Perfect, that is all.', resolved: true },
      nextAction: { text: 'It will reach you within two days.' },
      sentimentShift: { change: 'better', turns: [{ turn: 1 }, { turn: 5 }] },
    });
    const quotes = Object.values(facts ?? {}).flatMap((fact) => ('turns' in fact ? fact.turns : []));
    for (const { start, end, text } of [...quotes, ...sentences])
      expect(conversation.slice(start, end)).toBe(text);
    expect(sentences.some((each) => each.text.startsWith('Agent:'))).toBe(false);
  });

  test('says why where there is nothing to say', async () => {
    const reasons = async (text: string) => {
      const { conversation: facts } = await summarize(text, { kind: 'conversation' });
      return Object.fromEntries(
        Object.entries(facts ?? {}).map(([name, fact]) => [name, 'reason' in fact && fact.reason]),
      );
    };
    expect(await reasons('Customer: Hello?\nCustomer: Anyone?')).toEqual({
      issue: 'no-issue-said',
      done: 'no-agent-turn',
      outcome: 'no-outcome-said',
      nextAction: 'nothing-promised',
      sentimentShift: false,
    });
    expect(await reasons('Agent: Hello.\nAgent: Is anybody there?')).toMatchObject({
      issue: 'no-customer-turn',
      done: 'nothing-done',
      sentimentShift: 'no-customer-turn',
    });
    expect(await reasons('Ann: My parcel is late.\nBob: I see.')).toMatchObject({
      issue: 'unknown-roles',
      sentimentShift: 'unknown-roles',
    });
    expect((await reasons('Customer: My parcel is late.\nAgent: I see.')).sentimentShift).toBe('too-short');
  });

  test('refuses a text without speakers and a customer who is none of them, naming the field', () => {
    const check =
      (text: string, options = {}) =>
      () =>
        summaries.check?.(text, { kind: 'conversation', ...options }, '/input/3');
    const naming = (pointer: string) =>
      expect.objectContaining({ details: { errors: [expect.objectContaining({ pointer })] } });
    expect(check('Just a text. Nobody speaks.')).toThrow(naming('/input/3'));
    expect(check(conversation, { customer: 'Eve' })).toThrow(naming('/options/customer'));
    expect(check(conversation)).not.toThrow();
    expect(() => summaries.check?.('Just a text.', {}, '/input')).not.toThrow();
  });
});

describe('a summary by a model that writes', () => {
  /** Says the first two words of what it reads, up to twelve words; counts what it was asked. */
  function writer() {
    const read: string[] = [];
    const call = {
      card: { kernel: 'seq2seq', maxTokens: 17, prefix: 'sum up: ' },
      async infer(inputs: { text: string }[]) {
        return inputs.map(({ text }) => {
          expect(text.startsWith('sum up: ')).toBe(true);
          const words = text.slice(8).split(/\s+/);
          const truncated = words.length > 12 || text.length > 70;
          if (!truncated) read.push(text.slice(8));
          return {
            value: { text: words.slice(0, 2).join(' ').replace(/[^.]$/, '$&.'), score: 0 },
            tokens: 1,
            truncated,
          };
        });
      },
    } as unknown as ModelCall;
    return { read, call };
  }
  const sentences = Array.from({ length: 20 }, (_, at) => `Thing${at} broke on day ${at}.`);

  test('reads every section whole and sums the summaries up again', async () => {
    const { read, call } = writer();
    const text = sentences.join(' ');
    const [result] = await summaries.run([text], {}, call);
    for (const sentence of sentences) expect(read.some((section) => section.includes(sentence))).toBe(true);
    expect(result?.sections).toBe(read.length);
    expect(result).toMatchObject({ text: 'Thing0 broke.', sentences: [] });
  });

  test('is at most as long as it may be, in whole sentences, and one at least', async () => {
    const { call } = writer();
    const [bounded] = await summaries.run(['One two three.'], { words: 1 }, call);
    expect(bounded?.text).toBe('One two.');
  });

  test('cuts what has no blank until it can be read, and ends', async () => {
    const { read, call } = writer();
    await summaries.run(['x'.repeat(500)], {}, call);
    expect(read.length).toBeGreaterThan(5);
  });

  test.each([{ sentences: 2 }, { ratio: 0.5 }, { kind: 'conversation' as const }])(
    'refuses what it could not mean: %j',
    async (options) => {
      const { call } = writer();
      await expect(summaries.run(['Hello.'], options, call)).rejects.toMatchObject({ code: 'unsupported' });
    },
  );

  test('of a model that says nothing is nothing, and ends; one that can read nothing is refused', async () => {
    const saying = (text: string, truncated: boolean) =>
      ({
        card: { kernel: 'seq2seq', maxTokens: 17 },
        infer: async (inputs: object[]) =>
          inputs.map(() => ({ value: { text, score: 0 }, tokens: 1, truncated })),
      }) as unknown as ModelCall;
    const text = sentences.join(' ');
    expect((await summaries.run([text], {}, saying('', false)))[0]?.text).toBe('');
    await expect(summaries.run([text], {}, saying('', true))).rejects.toMatchObject({ code: 'unsupported' });
  });

  test('by a chat model is asked for, cut where it must be, and without what is unfinished', async () => {
    const asked: string[] = [];
    const call = {
      card: { kernel: 'causal', maxTokens: 400 },
      infer: async (inputs: { messages: { text: string }[] }[]) =>
        inputs.map(({ messages: [message] }) => {
          const text = message?.text ?? '';
          const value =
            text.length > 260
              ? { refused: 'too_large', reason: 'too long' }
              : { text: 'It is late. It was', finish: 'length' };
          if ('text' in value) asked.push(text);
          return { value, tokens: 1, truncated: false };
        }),
    } as unknown as ModelCall;
    const [result] = await summaries.run([`The parcel is late. ${'It rained. '.repeat(60)}`], {}, call);
    expect(result?.text).toMatch(/^It is late\.( It is late\.)*$/);
    expect(asked.length).toBeGreaterThan(1);
    expect(
      asked.some((text) => text.endsWith('The parcel is late.') || text.includes('\n\nThe parcel')),
    ).toBe(true);
    const refusing = {
      ...call,
      infer: async () => [
        { value: { refused: 'invalid_input', reason: 'No.' }, tokens: 1, truncated: false },
      ],
    } as unknown as ModelCall;
    await expect(summaries.run(['Hello.'], {}, refusing)).rejects.toMatchObject({ code: 'invalid_input' });
  });
});
