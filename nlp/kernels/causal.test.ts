import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type KernelPass, type LoadedModel, openSpeaker, type Progress, unfollowed } from '#inference';
import { openFixture } from '../../test/fixtures/architectures/open.ts';
import { type Answer, type Conversation, causal } from './causal.ts';

const context = 128;
let model: LoadedModel;
beforeAll(async () => {
  const id = '../chat-models/tiny-chat';
  const about = { task: 'chat', kernel: 'causal', maxTokens: context } as const;
  const opened = await openFixture(id, about);
  const folder = join(import.meta.dirname, '../../test/fixtures/architectures', id);
  model = { ...opened, speaker: await openSpeaker(opened.session, folder, { passTokens: 64 }) };
});

const ask = (text: string, more: Partial<Conversation> = {}): Conversation => ({
  messages: [{ role: 'user', text }],
  ...more,
});

/** The answers in the order of the questions, with what was told of each on the way. */
async function answers(asked: Conversation[], gone: () => ReadonlySet<number> = () => new Set()) {
  const told = asked.map(() => [] as string[]);
  const progress: Progress = { wrote: (row, text) => told[row]?.push(text), turn: async () => gone() };
  const passes: KernelPass<Answer>[] = [];
  for await (const pass of causal.run(model, asked, 64, progress)) passes.push(pass);
  expect(passes.map(({ remaining }) => remaining)).toEqual([...asked.keys()].reverse());
  return asked.map((_, row) => {
    const output = passes.find(({ rows }) => rows[0] === row)?.outputs[0];
    return { ...output, told: told[row] ?? [] };
  });
}
const answer = async (text: string, more: Partial<Conversation> = {}) => {
  const [found] = await answers([ask(text, more)]);
  if (!found) throw new Error('no answer');
  return found;
};

const face = 'Hi 👋🏽 from the 👨‍👩‍👧‍👦 of the cafe\u0301 — 您好!';

describe('a conversation', () => {
  it('is answered, and told on the way in whole characters', async () => {
    const { value, told, tokens, written } = await answer('Greet me with a face');
    expect(value).toEqual({ text: face, finish: 'stop' });
    expect(told.join('')).toBe(face);
    const characters = [...new Intl.Segmenter().segment(face)].map(({ segment }) => segment);
    expect(
      told.flatMap((piece) => [...new Intl.Segmenter().segment(piece)].map(({ segment }) => segment)),
    ).toEqual(characters);
    expect(tokens).toBeGreaterThan(10);
    // Many of its characters are several tokens.
    expect(written).toBeGreaterThan(characters.length);
  });

  it('is answered beside others as it is alone', async () => {
    const found = await answers([ask('Hello'), ask('Greet me with a face'), ask('Where is my order?')]);
    expect(found.map(({ value }) => value)).toEqual([
      { text: 'Good morning! How can I help?', finish: 'stop' },
      { text: face, finish: 'stop' },
      { text: 'It left the warehouse this morning. It comes tomorrow.', finish: 'stop' },
    ]);
  });

  it('ends before a stop text, though it lies across tokens, and tells nothing of it', async () => {
    const { value, told, written } = await answer('Count', { stop: ['seven e', 'ree f'] });
    expect(value).toEqual({ text: 'one two th', finish: 'stop' });
    expect(told.join('')).toBe('one two th');
    expect(written).toBeLessThan((await answer('Count')).written ?? 0);
  });

  it('ends where it is long enough, or the model can read no further', async () => {
    const short = await answer('Count', { maxTokens: 3 });
    expect(short).toMatchObject({ value: { finish: 'length' }, written: 3 });
    const sampling = { frequencyPenalty: -2 };
    const endless = await answer('Forever', { sampling });
    expect(endless.value).toMatchObject({ finish: 'length' });
    expect((endless.tokens ?? 0) + (endless.written ?? 0)).toBe(context);
  });

  it('that ends within a character ends before it, also as it is told', async () => {
    for (const maxTokens of [4, 5, 6, 7, 8, 9, 10]) {
      const { value, told } = await answer('Greet me with a face', { maxTokens });
      const text = 'text' in (value ?? {}) ? (value as { text: string }).text : '';
      expect(text).not.toContain('\uFFFD');
      expect(face.startsWith(text)).toBe(true);
      expect(told.join('')).toBe(text);
    }
  });

  it('that is longer than the model reads is refused, with the numbers, and its neighbours are answered', async () => {
    const [long, other] = await answers([ask('Hello '.repeat(200)), ask('Hello')]);
    expect(long?.value).toMatchObject({ refused: 'too_large', reason: expect.stringContaining('128') });
    expect(other?.value).toMatchObject({ text: 'Good morning! How can I help?' });
  });

  it('that the template refuses is refused in its words', async () => {
    expect((await answer('no template for this')).value).toMatchObject({
      refused: 'invalid_input',
      reason: expect.stringContaining('I will not'),
    });
  });

  it('cannot smuggle in control tokens: their names are text', async () => {
    expect((await answer('What is <|im_end|>?')).value).toEqual({ text: 'A mark.', finish: 'stop' });
  });

  it('with a seed is answered the same each time, also beside others, and otherwise with another', async () => {
    const sampled = (seed?: number) => ask('Hello', { maxTokens: 20, sampling: { temperature: 2, seed } });
    const textOf = ({ value }: { value?: Answer }) => value && 'text' in value && value.text;
    const [alone] = await answers([sampled(5)]);
    const found = await answers([ask('Count'), sampled(5), sampled(6)]);
    expect(found[1]?.value).toEqual(alone?.value);
    expect(new Set(found.map(textOf)).size).toBe(3);
    // One in sixty is the likeliest answer.
    const chance = await answers([sampled(), sampled(), sampled()]);
    expect(new Set(chance.map(textOf)).size).toBeGreaterThan(1);
  });

  it('with a seed is written apart, and so are those that would need too much memory together', async () => {
    const written: number[] = [];
    const { speaker } = model;
    if (!speaker) throw new Error('no speaker');
    const open: typeof speaker.model.open = (texts) => {
      written.push(texts.length);
      return speaker.model.open(texts);
    };
    const watched: LoadedModel = { ...model, speaker: { ...speaker, model: { open } } };
    const short = { maxTokens: 2 };
    const asked = [
      ask('Hello', short),
      ask('Count', short),
      ask('Hello', { ...short, sampling: { seed: 1 } }),
      ask('Hello', { ...short, sampling: { seed: 2 } }),
    ];
    for await (const _ of causal.run(watched, [...asked, ask('Hello')], 64, unfollowed));
    expect(written.sort()).toEqual([1, 1, 1, 2]);
  });

  it('is left to chance by whoever names a seed', async () => {
    const texts = [1, 2, 3, 4, 5, 6].map((seed) => ask('Is it?', { maxTokens: 20, sampling: { seed } }));
    const values = (await answers(texts)).map(({ value }) => JSON.stringify(value));
    expect(new Set(values).size).toBeGreaterThan(1);
  });

  it('that nobody waits for is left off, and the others are answered', async () => {
    let turns = 0;
    const gone = () => new Set(turns++ > 6 ? [0] : []);
    const [left, other] = await answers([ask('Forever'), ask('Count')], gone);
    expect(left?.written).toBeLessThan(8);
    expect(other?.value).toMatchObject({ text: 'one two three four five six seven eight nine ten' });
  });
});
