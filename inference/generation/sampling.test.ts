import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chances, chooser, penalize } from './sampling.ts';

interface Case {
  logits: number[];
  read: number[];
  temperature: number;
  topK: number;
  topP: number;
  repetitionPenalty: number;
  probabilities: Record<string, number>;
}

const file = join(import.meta.dirname, '../../test/fixtures/chat-models/tiny-chat/reference.json');
const cases: Case[] = JSON.parse(readFileSync(file, 'utf8')).chances;
const nothing = { prompt: [], written: [] };

describe('the chances of the next token', () => {
  it('are those of transformers for the same penalty, temperature, top-k and top-p', () => {
    expect(cases.length).toBeGreaterThanOrEqual(12);
    for (const { logits, read, probabilities, ...asked } of cases) {
      const own = Float32Array.from(logits);
      penalize(own, { prompt: read, written: [] }, asked);
      const { tokens, probabilities: found } = chances(own, asked);
      expect([...tokens].sort((a, b) => a - b)).toEqual(Object.keys(probabilities).map(Number));
      for (const [at, token] of tokens.entries()) expect(found[at]).toBeCloseTo(probabilities[token] ?? 0, 5);
    }
  });

  it('sum to 1, and are never of no token', () => {
    const row = fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 1, maxLength: 30 });
    const asked = fc.record({
      temperature: fc.double({ min: 0.01, max: 2, noNaN: true }),
      topK: fc.nat(40),
      topP: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(row, asked, (logits, settings) => {
        const { tokens, probabilities } = chances(Float32Array.from(logits), settings);
        expect(tokens.length).toBeGreaterThan(0);
        expect(probabilities.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 9);
      }),
    );
  });
});

describe('penalties', () => {
  it('of OpenAI lower what was written, by its count and once, and nothing that was read', () => {
    const logits = new Float32Array([1, 1, 1, 1]);
    penalize(logits, { prompt: [3], written: [0, 0, 1] }, { frequencyPenalty: 0.25, presencePenalty: 0.5 });
    expect([...logits]).toEqual([0, 0.25, 1, 1]);
  });
});

describe('a choice', () => {
  const logits = () => Float32Array.from([0, 1, 2, 1.5, 0.5]);
  const chosen = (seed: number | undefined, count = 400) => {
    const choose = chooser({ temperature: 1, seed });
    return Array.from({ length: count }, () => choose(logits(), nothing));
  };

  it('is the likeliest without temperature', () => {
    expect(chooser({ temperature: 0 })(logits(), nothing)).toBe(2);
  });

  it('is the same for the same seed, and another for another or for none', () => {
    expect(chosen(7)).toEqual(chosen(7));
    expect(chosen(7)).not.toEqual(chosen(8));
    expect(chosen(undefined)).not.toEqual(chosen(undefined));
  });

  it('falls on each token as often as its chance is', () => {
    const { tokens, probabilities } = chances(logits(), { temperature: 1 });
    const found = chosen(1, 20_000);
    for (const [at, token] of tokens.entries()) {
      const share = found.filter((each) => each === token).length / found.length;
      expect(share).toBeCloseTo(probabilities[at] ?? 0, 1);
    }
  });

  it('never falls on what was banned', () => {
    const choose = chooser({ temperature: 2, seed: 3 });
    const banned = () => Float32Array.from([0, Number.NEGATIVE_INFINITY, 0]);
    expect(Array.from({ length: 200 }, () => choose(banned(), nothing))).not.toContain(1);
  });
});
