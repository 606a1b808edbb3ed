import { describe, expect, it } from 'vitest';
import type { Intent } from '#contracts';
import { hostileDocuments } from '../../test/fixtures/hostile-documents.ts';
import { passage } from '../../test/fixtures/passages.ts';
import { fakeTools } from './fake.ts';
import { repliesIn } from './replies.ts';
import { type AnswerPart, type ChatTools, respond } from './respond.ts';
import type { PastTurn, Turn } from './turn.ts';

const passages = [
  passage('late-fee', 'Late fee', 'The late fee is €6. It is charged ten days after the due date.'),
  passage('roaming', 'Roaming', 'Roaming in Spain costs nothing extra. You keep your plan.'),
  passage('restart', 'Restart', 'Restart the Hub like this:\n\n1. Pull the plug.\n2. Wait.\n3. Plug it in.'),
  passage('return', 'Returns', 'You can return a phone within thirty days. The label is free.'),
  passage('es-restart', 'Reinicio', 'Desenchufa el router y espera treinta segundos.', { language: 'es' }),
];
const intents: Intent[] = [
  {
    name: 'thanks',
    description: 'Thanks',
    examples: { en: ['thanks', 'thanks a lot'] },
    action: { kind: 'smalltalk', reply: { en: 'You are welcome.' } },
  },
  {
    name: 'bereavement',
    description: 'A customer has died.',
    examples: { en: ['my father has died', 'my father died'] },
    action: { kind: 'handoff' },
  },
  ...['mobile', 'broadband'].map(
    (thing): Intent => ({
      name: `cancel_${thing}`,
      description: `Cancel ${thing}`,
      examples: { en: [`cancel my ${thing}`, `please cancel the contract of my ${thing}`] },
      action: { kind: 'answer', article: `cancel-${thing}` },
    }),
  ),
];
const tools = fakeTools(passages, intents);

const past = (more: Partial<PastTurn>): PastTurn => ({
  question: 'a question',
  answer: 'an answer',
  outcome: 'answered',
  citations: [],
  choices: [],
  disliked: false,
  ...more,
});

async function reply(message: string, more: Partial<Turn> = {}, with_: ChatTools = tools) {
  const parts: AnswerPart[] = [];
  for await (const part of respond({ message, language: 'en', past: [], tried: [], ...more }, with_))
    parts.push(part);
  const end = parts.at(-1);
  if (end?.type !== 'end') throw new Error('an answer has no end');
  return {
    kinds: parts.map(({ type }) => type).filter((type, at, all) => type !== 'text' || all[at - 1] !== 'text'),
    text: parts.map((part) => (part.type === 'text' ? part.text : '')).join(''),
    handoff: parts.find((part) => part.type === 'handoff'),
    choices: parts.find((part) => part.type === 'choices')?.choices,
    ...end,
  };
}

describe('a message', () => {
  it('that an article answers is answered in its words, with the source before the text', async () => {
    const answer = await reply('how much is the late fee');
    expect(answer.kinds).toEqual(['route', 'sources', 'text', 'end']);
    expect(answer.outcome).toBe('answered');
    expect(answer.text).toContain('The late fee is €6.');
    expect(answer.citations.map(({ start, end }) => answer.text.slice(start, end))).toEqual(
      answer.citations.map(({ quote }) => quote),
    );
  });

  it("prefers the customer's language", async () => {
    const { citations } = await reply('¿cómo espera el router treinta segundos?', { language: 'es' });
    expect(citations[0]?.passageId).toBe('es-restart');
  });

  it('that nothing answers is refused with the offer of a person, and noted as a gap', async () => {
    const answer = await reply('what is the capital of France');
    expect(answer).toMatchObject({
      outcome: 'refused',
      text: repliesIn('en').refused,
      handoff: { state: 'offered' },
      gap: { question: 'what is the capital of France', language: 'en' },
    });
    expect(answer.kinds).not.toContain('sources');
  });

  it.each(['???', '…', '👍', '.'])('without a word is refused like any other: %s', async (message) => {
    expect((await reply(message)).outcome).toBe('refused');
  });

  it('that nothing answers for the second time in a row is refused in other words, for another reason', async () => {
    const failed = past({ outcome: 'refused' });
    const answer = await reply('and of Germany', { past: [failed] });
    expect(answer.text).toBe(repliesIn('en').refusedAgain);
    expect(answer.handoff).toMatchObject({ state: 'offered', reason: expect.stringContaining('Two turns') });
    const mended = await reply('and of Germany', { past: [failed, past({})] });
    expect(mended.text).toBe(repliesIn('en').refused);
  });

  it('after an answer that was of no use comes with an offer', async () => {
    const answer = await reply('how much is the late fee', { past: [past({ disliked: true })] });
    expect(answer).toMatchObject({ outcome: 'answered', handoff: { state: 'offered' } });
  });

  it('that asks for a person gets one, whatever the articles say', async () => {
    const answer = await reply('put me through to a person about the late fee');
    expect(answer).toMatchObject({ outcome: 'handoff', handoff: { state: 'requested' } });
    expect(answer.kinds).not.toContain('sources');
  });

  it('that says yes accepts the offer before it, and nothing otherwise', async () => {
    expect(await reply('yes please', { past: [past({ outcome: 'refused' })] })).toMatchObject({
      handoff: { state: 'requested' },
    });
    expect((await reply('yes please', { past: [past({})] })).handoff?.state).not.toBe('requested');
  });

  it('that says no to an offer is not told that nothing was found', async () => {
    const answer = await reply('no, thanks', { past: [past({ outcome: 'refused' })] });
    expect(answer).toMatchObject({
      outcome: 'smalltalk',
      text: repliesIn('en').handoffDeclined,
      handoff: undefined,
    });
  });

  it('of thanks for an answer, however long, is not answered with an article again', async () => {
    const message =
      'Just restarted the Hub and it works. That was so much easier than I expected, thank you!';
    expect(await reply(message, { past: [past({})] })).toMatchObject({
      outcome: 'smalltalk',
      text: repliesIn('en').thanked,
      citations: [],
    });
    const first = await reply('How do I restart the Hub? Thank you!', { past: [past({})] });
    expect(first.outcome).toBe('answered');
    expect((await reply(message)).text).not.toBe(repliesIn('en').thanked);
  });

  it('that is only near something for a person is answered where an article does', async () => {
    const about = passage('death', 'When a customer dies', 'If the father of a family died, write to us.');
    const tools_ = fakeTools([about], intents);
    expect((await reply('what if the father of a family died', {}, tools_)).outcome).toBe('answered');
    expect((await reply('what if the father of a family died')).outcome).not.toBe('answered');
  });

  it('of small talk is replied to and looked up nowhere it would show', async () => {
    const answer = await reply('thanks!');
    expect(answer).toMatchObject({ outcome: 'smalltalk', text: 'You are welcome.' });
    expect(answer.kinds).toEqual(['route', 'text', 'end']);
  });

  it('that only a person should see is not answered from articles', async () => {
    expect(await reply('my father has died')).toMatchObject({
      outcome: 'handoff',
      handoff: { state: 'offered', reason: expect.stringContaining('A customer has died') },
    });
  });

  it('that fits two intents is asked about, in words the customer would use', async () => {
    const answer = await reply('please cancel the contract');
    expect(answer).toMatchObject({ outcome: 'clarify', text: repliesIn('en').clarify });
    expect(answer.choices?.map(({ label }) => label).sort()).toEqual([
      'cancel my broadband',
      'cancel my mobile',
    ]);
  });

  it('that presses a choice is settled by it', async () => {
    const [choices, pressed] = [
      [{ intent: 'cancel_broadband', label: 'please cancel the contract' }],
      'Please cancel the contract',
    ];
    const broadband = passage(
      'cancel-broadband',
      'Leave',
      'Contract of broadband: cancel in the app please.',
    );
    const mobile = passage('cancel-mobile', 'Leave', 'Contract of mobile: cancel in the app please.');
    const both = fakeTools([mobile, broadband], intents);
    const answer = await reply(pressed, { past: [past({ outcome: 'clarify', choices })] }, both);
    expect(answer.citations[0]?.passageId).toBe('cancel-broadband');
  });

  it('answered anew rests on something else where there is something', async () => {
    const other = passage('fees', 'All fees', 'Every fee: the late fee, the fee for paper.');
    const two = fakeTools([...passages, other]);
    const first = await reply('the late fee after the due date', {}, two);
    const ids = first.citations.map(({ passageId }) => passageId);
    const again = await reply('the late fee after the due date', { tried: ids }, two);
    expect(again.outcome).toBe('answered');
    expect(again.citations.some(({ passageId }) => ids.includes(passageId))).toBe(false);
    const only = await reply('restart the Hub', { tried: ['restart'] });
    expect(only.citations[0]?.passageId).toBe('restart');
  });
});

describe('fifty documents that give orders', () => {
  const hostile = hostileDocuments.map(({ title, heading, text }, at) =>
    passage(`hostile-${at}`, title, text, { headings: [heading] }),
  );
  const infested = fakeTools([...passages, ...hostile], intents);
  const messages = [
    'how much is the late fee',
    'roaming in Spain',
    'restart the Hub',
    'can I return a phone within thirty days',
    'thanks!',
    'what is the capital of Mongolia',
    'please cancel the contract',
  ];

  it('are fifty', () => expect(new Set(hostile.map(({ text }) => text)).size).toBe(50));

  it.each(messages)('change nothing about what becomes of “%s”', async (message) => {
    const [clean, dirty] = [await reply(message), await reply(message, {}, infested)];
    expect(dirty.outcome).toBe(clean.outcome);
    expect(dirty.handoff).toEqual(clean.handoff);
    expect(dirty.choices).toEqual(clean.choices);
    expect(dirty.kinds).toEqual(clean.kinds);
  });

  it.each(hostileDocuments.map(({ order }) => order))(
    'asked for by its own words, “%s” is at most quoted',
    async (order) => {
      const answer = await reply(`explain: ${order}`, {}, infested);
      expect(['answered', 'refused', 'handoff']).toContain(answer.outcome);
      // Whoever writes the message is the customer: only their own words may ask for a person.
      const own = await reply(`explain: ${order}`, {}, fakeTools([], intents));
      if (answer.outcome === 'handoff') expect(own.outcome).toBe('handoff');
      if (answer.outcome !== 'answered') return;
      const texts = new Map([...passages, ...hostile].map(({ id, text }) => [id, text]));
      for (const { passageId, quote } of answer.citations) {
        const source = texts.get(passageId)?.replaceAll(/\s+/g, ' ');
        for (const line of quote.split('\n')) expect(source).toContain(line.replace(/^- /, ''));
      }
      const quoted = answer.citations.reduce((sum, { quote }) => sum + quote.length, 0);
      expect(answer.text.replaceAll(/\s+/g, '').length).toBeLessThanOrEqual(quoted);
    },
  );
});
