import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { echo } from './echo.ts';
import { end, mixed, plain, TableDecoder, vocabulary } from './fixture.ts';
import { rank } from './ranking.ts';
import { type SearchSettings, search } from './search.ts';

const find = (texts: readonly number[], settings: Partial<SearchSettings> = {}, logits = mixed) =>
  search(new TableDecoder(texts, logits), { ...plain, ...settings });

/** log softmax, the slow way. */
const logProbabilities = (logits: number[]) => {
  const all = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0));
  return logits.map((logit) => logit - all);
};

describe('a search', () => {
  it('gives each text of a batch what it gets alone, however many beams it has', async () => {
    const texts = fc.array(fc.nat(1000), { minLength: 1, maxLength: 6 });
    const settings = fc.record({
      beams: fc.integer({ min: 1, max: 4 }),
      maxLength: fc.integer({ min: 2, max: 15 }),
      noRepeatNgram: fc.constantFrom(0, 2),
      lengthPenalty: fc.constantFrom(0.6, 1, 2),
    });
    await fc.assert(
      fc.asyncProperty(texts, settings, async (ids, asked) => {
        const together = await find(ids, asked);
        const alone = await Promise.all(ids.map(async (id) => (await find([id], asked))[0]));
        expect(together).toEqual(alone);
      }),
    );
  });

  it('scores an output by the log probabilities of its tokens and its end', async () => {
    for (const [text, [best]] of (await find([1, 2, 3, 4], { beams: 3 })).entries()) {
      const tokens = [...(best?.tokens ?? []), end];
      const sum = tokens.reduce((total, token, at) => {
        const written = [...plain.prompt, ...tokens.slice(0, at)];
        return total + (logProbabilities(mixed(text + 1, written))[token] ?? 0);
      }, 0);
      expect(best?.score).toBeCloseTo(sum / tokens.length, 4);
    }
  });

  it('finds with more beams what a greedy one passes by', async () => {
    // The likeliest first word leads nowhere.
    const garden = (_: number, written: readonly number[]) => {
      const at = (probabilities: Record<number, number>) =>
        Array.from({ length: vocabulary }, (_, token) => Math.log(probabilities[token] ?? 1e-9));
      if (written.length === 1) return at({ 1: 0.55, 2: 0.45 });
      if (written.length === 2) return written[1] === 1 ? at({ 3: 0.4, 4: 0.35, 5: 0.25 }) : at({ 6: 1 });
      return at({ [end]: 1 });
    };
    expect((await find([0], {}, garden))[0]?.[0]?.tokens).toEqual([1, 3]);
    const [best] = await find([0], { beams: 2, best: 2 }, garden);
    expect(best?.map(({ tokens }) => tokens)).toEqual([
      [2, 6],
      [1, 3],
    ]);
    expect(best?.[0]?.score).toBeCloseTo(Math.log(0.45) / 3, 4);
  });

  it('drops what is done: later steps have fewer rows', async () => {
    const ends = (text: number, written: readonly number[]) =>
      Array.from({ length: vocabulary }, (_, token) => (token === (written.length > text ? end : 5) ? 9 : 0));
    const decoder = new TableDecoder([1, 4, 8], ends);
    const outputs = await search(decoder, plain);
    expect(outputs.map(([best]) => best?.tokens.length)).toEqual([1, 4, 8]);
    expect(decoder.steps).toEqual([3, 3, 2, 2, 2, 1, 1, 1, 1]);
  });

  it('begins as it must, never says what is banned, and ends where it must', async () => {
    for (const beams of [1, 3]) {
      const [[best] = []] = await find([5], { beams, forced: [7, 8], banned: [1, 2, 3], maxLength: 6 });
      expect(best?.tokens.slice(0, 2)).toEqual([7, 8]);
      expect(best?.tokens.some((token) => [1, 2, 3].includes(token))).toBe(false);
      expect(best?.tokens.length).toBeLessThanOrEqual(5);
    }
  });

  it('ends with the token that it must when it is as long as it may be, and not before it may', async () => {
    const brief = (_: number, written: readonly number[]) =>
      Array.from({ length: vocabulary }, (_, token) =>
        token === end ? 9 : token === 4 + (written.length % 3) ? 5 : 0,
      );
    for (const beams of [1, 3]) {
      const [[first] = []] = await find([0], { beams }, brief);
      expect(first?.tokens).toEqual([]);
      const [[long] = []] = await find([0], { beams, minLength: 5 }, brief);
      expect(long?.tokens).toHaveLength(4);
      const [[last] = []] = await find([0], { beams, minLength: 9, maxLength: 6, forcedLast: end }, brief);
      expect(last?.tokens).toHaveLength(4);
    }
  });

  it('is content with as many outputs as beams where it may stop early', async () => {
    // There is always a way to end, and by this penalty longer outputs count for more.
    const later = () =>
      Array.from({ length: vocabulary }, (_, token) =>
        token === 1 ? 4.4 : token === end ? 4.2 : token < 4 ? 4 : 0,
      );
    const settings = { beams: 2, lengthPenalty: 4 };
    const [[patient] = []] = await find([0], settings, later);
    const [[early] = []] = await find([0], { ...settings, earlyStopping: true }, later);
    expect(early?.tokens.length).toBeLessThan(patient?.tokens.length ?? 0);
  });

  it('repeats no run of tokens where that is asked', async () => {
    const loop = () =>
      Array.from({ length: vocabulary }, (_, token) => (token === 5 ? 9 : token === 6 ? 8 : 0));
    for (const beams of [1, 3]) {
      const [[best] = []] = await find([0], { beams, noRepeatNgram: 2 }, loop);
      const tokens = best?.tokens ?? [];
      const pairs = tokens.slice(1).map((token, at) => `${tokens[at]} ${token}`);
      expect(new Set(pairs).size).toBe(pairs.length);
    }
  });

  it('goes on without the rows that nobody waits for, and changes nothing for the others', async () => {
    const endless = (text: number, written: readonly number[]) =>
      Array.from({ length: vocabulary }, (_, token) => (token === 1 + ((text + written.length) % 9) ? 9 : 0));
    for (const beams of [1, 2]) {
      const undisturbed = await find([1, 2, 3], { beams }, endless);
      const decoder = new TableDecoder([1, 2, 3], endless);
      const turn = async () =>
        new Set(decoder.steps.length < 3 ? [] : decoder.steps.length < 6 ? [0] : [0, 2]);
      const outputs = await search(decoder, { ...plain, beams, turn });
      expect(outputs[1]).toEqual(undisturbed[1]);
      expect(decoder.steps.slice(1).map((rows) => rows / beams)).toEqual([
        3,
        3,
        2,
        2,
        2,
        ...new Array(13).fill(1),
      ]);
    }
  });

  it('stops when nobody waits any more', async () => {
    for (const beams of [1, 2]) {
      const decoder = new TableDecoder([1, 2], () =>
        Array.from({ length: vocabulary }, (_, token) => Number(token === 5)),
      );
      await search(decoder, { ...plain, beams, turn: async () => new Set([0, 1]) });
      expect(decoder.steps).toHaveLength(1);
    }
  });

  it('of the stand-in writes what was read', async () => {
    for (const beams of [1, 4]) {
      const decoder = await echo([end]).read([
        [4, 5, 6, end],
        [7, end],
      ]);
      const outputs = await search(decoder, { ...plain, beams });
      expect(outputs.map(([best]) => best?.tokens)).toEqual([[4, 5, 6], [7]]);
    }
  });
});

describe('ranking', () => {
  it('is sorting, and log probabilities are those of all tokens', () => {
    const row = fc.array(fc.double({ min: -20, max: 20, noNaN: true }), { minLength: 3, maxLength: 12 });
    fc.assert(
      fc.property(row, fc.integer({ min: 1, max: 3 }), (logits, count) => {
        const floats = Float32Array.from(logits);
        const sorted = [...floats.keys()].sort((a, b) => (floats[b] ?? 0) - (floats[a] ?? 0) || a - b);
        const expected = logProbabilities([...floats]);
        const { tokens, logProbabilities: values } = rank(floats.slice(), floats.length, {
          ...{ count, scored: true, banned: [] },
        });
        expect([...tokens]).toEqual(sorted.slice(0, count));
        for (const [at, token] of tokens.entries()) expect(values[at]).toBeCloseTo(expected[token] ?? 0, 4);
      }),
    );
  });
});
