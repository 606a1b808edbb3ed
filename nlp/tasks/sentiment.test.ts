import { describe, expect, test } from 'vitest';
import type { SentimentProbabilities } from '#contracts';
import type { KernelOutput, ModelCall } from '#inference';
import { sentiment } from './sentiment.ts';
import { explainVerdict } from './sentiment-explanation.ts';
import { verdictOf } from './sentiment-verdict.ts';

/** A judge anyone can check by eye: each `good` and `bad` moves the odds, everything else is silent. */
function judge(text: string): [negative: number, neutral: number, positive: number] {
  const count = (word: string) => text.match(new RegExp(`\\b${word}\\b`, 'g'))?.length ?? 0;
  const weights = [Math.exp(2 * count('bad')), 1.5, Math.exp(2 * count('good'))] as const;
  const total = weights[0] + weights[1] + weights[2];
  return [weights[0] / total, weights[1] / total, weights[2] / total];
}

const asProbabilities = (text: string): SentimentProbabilities => {
  const [negative, neutral, positive] = judge(text);
  return { negative, neutral, positive };
};
const score = async (variants: string[]) => variants.map(asProbabilities);

/** Reads at most ten words a text, as a model reads at most so many tokens. */
const call = {
  card: { labels: ['negative', 'neutral', 'positive'], maxTokens: 10 },
  async infer(inputs: string[]) {
    return inputs.map((text): KernelOutput<Float32Array> => {
      const words = text.split(/\s+/);
      return {
        value: Float32Array.from(judge(words.slice(0, 10).join(' '))),
        tokens: Math.min(words.length, 10),
        truncated: words.length > 10,
      };
    });
  },
} as unknown as ModelCall;

describe('verdictOf', () => {
  test('the score runs from −5 to +5 and follows the balance of the extremes', () => {
    expect(verdictOf({ negative: 1, neutral: 0, positive: 0 })).toMatchObject({
      label: 'negative',
      score: -5,
    });
    expect(verdictOf({ negative: 0, neutral: 0, positive: 1 })).toMatchObject({
      label: 'positive',
      score: 5,
    });
    expect(verdictOf({ negative: 0.4, neutral: 0.2, positive: 0.4 }).score).toBe(0);
    expect(verdictOf({ negative: 0.25, neutral: 0.5, positive: 0.25 })).toMatchObject({
      label: 'neutral',
      score: 0,
    });
  });
});

describe('sentiment', () => {
  test('scores each sentence on its own', async () => {
    const [result] = await sentiment.run(['It is good. It is bad.'], { sentences: true }, call);
    expect(result?.sentences?.map((each) => [each.text, each.label])).toEqual([
      ['It is good.', 'positive'],
      ['It is bad.', 'negative'],
    ]);
  });

  test('more sentences than one call may ask for are refused with the field', async () => {
    const text = 'Go! '.repeat(1025);
    const refusal = (pointer: string) => ({ code: 'too_large', details: { errors: [{ pointer }] } });
    await expect(sentiment.run([text], { sentences: true }, call)).rejects.toMatchObject(
      refusal('/options/sentences'),
    );
    await expect(sentiment.run([text], { explain: true }, call)).rejects.toMatchObject(
      refusal('/options/explain'),
    );
    expect((await sentiment.run([text], {}, call))[0]?.label).toBe('neutral');
  });

  test('what lies beyond the limit of the model counts', async () => {
    const text = `${'It was an ordinary day like any other. '.repeat(5)}${'It was bad bad bad. '.repeat(30)}`;
    const [result] = await sentiment.run([text], {}, call);
    expect(result?.label).toBe('negative');
  });
});

describe('explainVerdict', () => {
  const spansOf = async (text: string) => explainVerdict(text, verdictOf(asProbabilities(text)), score);

  test('finds the word that carried the verdict and measures its weight by leaving it out', async () => {
    const text = 'The food was good and the table was brown.';
    const [span] = await spansOf(text);
    expect(span?.text).toBe('good');
    expect(text.slice(span?.start, span?.end)).toBe('good');
    const fall = asProbabilities(text).positive - asProbabilities(text.replace('good', '')).positive;
    expect(span?.weight).toBeCloseTo(fall, 4);
  });

  test('words that point the other way are not named', async () => {
    const spans = await spansOf('The service was good and kind and good but the soup was bad.');
    expect(spans.map((each) => each.text).join(' ')).not.toContain('bad');
  });

  test('finds cues that cover for each other', async () => {
    const spans = await spansOf('good good');
    expect(spans.map((each) => each.text).join(' ')).toContain('good');
  });

  test('finds cues that cover for each other across sentences', async () => {
    const sure: typeof score = async (variants) =>
      variants.map((variant) => {
        const positive = /good|kind|fine/.test(variant) ? 0.99 : 0.1;
        return { negative: 0.01, neutral: 0.99 - positive, positive };
      });
    const text =
      'It was good, the whole of it and all of the time. They were kind to us and to the others too.';
    const [base] = await sure([text]);
    const spans = await explainVerdict(text, verdictOf(base as never), sure);
    expect(spans.map((each) => each.text).sort()).toEqual(['good', 'kind']);
    for (const { start, end, text: said } of spans) expect(text.slice(start, end)).toBe(said);
  });

  test('in a long text, points into the sentence that matters', async () => {
    const filler = 'We went to the place on a day in the week with some people. ';
    const text = `${filler.repeat(8)}It was really bad. ${filler.repeat(8)}`;
    const spans = await spansOf(text);
    const strongest = spans[0];
    expect(text.slice(strongest?.start, strongest?.end)).toBe(strongest?.text);
    expect(strongest?.text).toContain('bad');
  });

  test('a single word carries all', async () => {
    const fall = asProbabilities('good').positive - asProbabilities('.').positive;
    expect(await spansOf('good')).toEqual([
      { text: 'good', start: 0, end: 4, weight: expect.closeTo(fall, 4) },
    ]);
  });

  test('a text without words has no spans', async () => {
    expect(await spansOf('?!')).toEqual([]);
  });
});
