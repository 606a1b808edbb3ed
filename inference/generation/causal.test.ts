import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../engines/index.ts';
import { type Causal, optimumCausal } from './causal.ts';
import { type Beginning, type Continuation, continued } from './continuing.ts';
import { causalEcho } from './echo.ts';
import { chooser } from './sampling.ts';

interface Case {
  repetitionPenalty: number;
  prompt: number[];
  tokens: number[];
  ended: boolean;
}

/** Made by `make.py` there; the references are of transformers. */
const folder = join(import.meta.dirname, '../../test/fixtures/chat-models/tiny-chat');
const json = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const cases: Case[] = json('reference.json').greedy;
const { vocab_size: vocabulary, eos_token_id: end, max_position_embeddings: context } = json('config.json');
const settings = { end: [end], banned: [] };

const greedily = ({ prompt, repetitionPenalty }: Case): Beginning => ({
  ...{ prompt, most: context - prompt.length },
  choose: chooser({ temperature: 0, repetitionPenalty }),
});

async function all(model: Causal, beginnings: Beginning[], asked = {}): Promise<Continuation[]> {
  const done: Continuation[] = [];
  for await (const each of continued(model, beginnings, { ...settings, ...asked })) done.push(each);
  return done;
}

describe('a causal model of one graph with its cache', () => {
  let openWith: (passTokens: number) => Causal;
  beforeAll(async () => {
    const engine = await engines.onnx?.();
    const graph = await engine?.load({ graph: join(folder, 'onnx/model.onnx'), threads: 1, width: 0 });
    if (graph) openWith = (passTokens) => optimumCausal({ graph, vocabulary, passTokens });
  });

  it('writes what transformers writes, token for token, with a repetition penalty and without', async () => {
    expect(cases.length).toBeGreaterThanOrEqual(12);
    for (const each of cases) {
      const [found] = await all(openWith(1024), [greedily(each)]);
      expect(found).toEqual({ row: 0, tokens: each.tokens, finish: each.ended ? 'end' : 'length' });
    }
  });

  it('gives each text of a batch what it gets alone, whatever their lengths, and yields each when it is done', async () => {
    const found = await all(openWith(1024), cases.map(greedily));
    expect(found.map(({ row }) => row).sort((a, b) => a - b)).toEqual([...cases.keys()]);
    for (const { row, tokens } of found) expect(tokens).toEqual(cases[row]?.tokens);
    const lengths = found.map(({ tokens, finish }) => tokens.length + Number(finish === 'end'));
    expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
  });

  it('attends to nothing where a shorter text of a batch has no tokens', async () => {
    const [short = [], long = []] = cases
      .map(({ prompt }) => prompt)
      .sort((a, b) => a.length - b.length)
      .slice(-2);
    const more = Int32Array.of(7, 7);
    const together = openWith(1024).open([short.slice(0, 5), long]);
    const alone = openWith(1024).open([short.slice(0, 5)]);
    await Promise.all([together.read(), alone.read()]);
    const [expected, found] = [await alone.step(more.subarray(1)), await together.step(more)];
    expect(expected).toHaveLength(vocabulary);
    for (const [token, logit] of expected.entries()) expect(found[token]).toBeCloseTo(logit, 3);
  });

  it('reads a long text in pieces to the same effect', async () => {
    const found = await all(openWith(5), cases.map(greedily));
    for (const { row, tokens } of found) expect(tokens).toEqual(cases[row]?.tokens);
  });

  it('reads no further for a row that nobody waits for, and the others are as they were', async () => {
    let turns = 0;
    const turn = async () => new Set(turns++ < 2 ? [] : [1]);
    const found = await all(openWith(5), cases.slice(0, 3).map(greedily), { turn });
    expect(found[0]).toEqual({ row: 1, tokens: [], finish: 'left' });
    for (const { row, tokens } of found.slice(1)) expect(tokens).toEqual(cases[row]?.tokens);
  });
});

describe('going on', () => {
  const echoing = causalEcho({ end: [0], vocabulary: 12 });
  const beginning = (prompt: number[], more: Partial<Beginning> = {}): Beginning => ({
    ...{ prompt, most: 20, choose: chooser({ temperature: 0 }) },
    ...more,
  });

  it('ends at the end, where it is long enough, where it was heard, and where nobody listens', async () => {
    const heard: number[] = [];
    const hears = (token: number) => heard.push(token) === 2;
    const beginnings = [
      beginning([5, 6, 7]),
      beginning([1, 2, 3], { most: 2 }),
      beginning([8, 9, 4], { heard: hears }),
    ];
    const found = await all(echoing, [...beginnings, beginning([3, 3, 3, 3])], {
      turn: async () => new Set([3]),
      end: [0],
    });
    expect(found).toEqual([
      { row: 3, tokens: [], finish: 'left' },
      { row: 1, tokens: [1, 2], finish: 'length' },
      { row: 2, tokens: [8, 9], finish: 'heard' },
      { row: 0, tokens: [5, 6, 7], finish: 'end' },
    ]);
    expect(heard).toEqual([8, 9]);
  });

  it('never writes what is banned', async () => {
    const [found] = await all(echoing, [beginning([5, 6])], { banned: [5], end: [0] });
    expect(found?.tokens).not.toContain(5);
  });
});
