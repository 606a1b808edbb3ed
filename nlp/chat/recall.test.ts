import { describe, expect, it } from 'vitest';
import type { Passage } from '#contracts';
import { fakeTools } from './fake.ts';
import { recall, type Said } from './recall.ts';
import { type ChatTools, respond } from './respond.ts';

const article = (id: string, title: string, text: string): Passage => ({
  ...{ id, sourceId: `src_${id}`, sourceName: `en/${id}.md`, title, headings: [title], position: 0 },
  ...{ text, language: 'en' },
});
const tools = fakeTools([
  article('late-fee', 'Late fee', 'The late fee is €6. It is charged ten days after the due date.'),
  article('restart', 'Restart', 'Pull the plug of the Hub. Plug it in.'),
]);
const customer = (text: string): Said => ({ by: 'customer', text });
const bot = (text: string): Said => ({ by: 'bot', text });

/** What the bot says to a conversation as a client tells it. */
async function answer(...said: Said[]): Promise<string> {
  let text = '';
  for await (const part of respond(await recall(said, 'en', tools), tools)) {
    if (part.type === 'text') text += part.text;
  }
  return text;
}

describe('a conversation that only its client keeps', () => {
  it('has the outcome and the citations that its answers had', async () => {
    const question = 'when is the late fee charged';
    const said = [customer(question), bot(await answer(customer(question))), customer('and why?')];
    const turn = await recall(said, 'en', tools);
    expect(turn).toMatchObject({ message: 'and why?', language: 'en', alone: true });
    expect(turn.past).toMatchObject([{ question, outcome: 'answered', disliked: false }]);
    expect(turn.past[0]?.citations[0]).toMatchObject({ sourceId: 'src_late-fee', title: 'Late fee' });
  });

  it('takes an answer that was cut short for what it was, and one of somebody else for none', async () => {
    const question = 'when is the late fee charged';
    const whole = await answer(customer(question));
    const pastOf = async (text: string) =>
      (await recall([customer(question), bot(text), customer('ok')], 'en', tools)).past[0];
    expect(await pastOf(whole.slice(0, 12))).toMatchObject({ outcome: 'answered' });
    expect(await pastOf('It is never charged.')).toMatchObject({ outcome: null, citations: [] });
    expect(await pastOf(' ')).toMatchObject({ outcome: null, answer: ' ' });
  });

  it('is looked back on three turns, and messages without an answer between them are turns of their own', async () => {
    const said = [1, 2, 3, 4, 5].map((each) => customer(`late fee ${each}`));
    const turn = await recall([bot('Hello!'), ...said], 'en', tools);
    expect(turn.past.map(({ question }) => question)).toEqual(['late fee 2', 'late fee 3', 'late fee 4']);
  });

  it('is never promised a person', async () => {
    const wish = 'I want to talk to a person';
    expect(await answer(customer(wish))).toBe('You asked for a person. I cannot get one from here.');
    const nothing = 'what is the capital of Mongolia';
    const refused = await answer(customer(nothing));
    expect(refused).not.toMatch(/person/);
    const again = await answer(customer(nothing), bot(refused), customer('yes'));
    expect(again).not.toMatch(/called/);
    expect(await answer(customer('quiero hablar con una persona'))).toMatch(/^Has pedido/);
  });

  it('asks no tools for what is blank', async () => {
    const none: ChatTools = { ...tools, search: () => Promise.reject(new Error('asked')) };
    await recall([customer(' '), bot('Yes?'), customer('late fee')], 'en', none);
  });
});
