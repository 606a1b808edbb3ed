import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { ParlanceClient } from '#client';
import { useApp } from './app.ts';
import { browserIsThere } from './browser.ts';
import { answered, answers, ask, conversationOf, messagesOf } from './talk.ts';

const articles = fileURLToPath(new URL('../../examples/orrin/articles/en', import.meta.url));
const read = ['hub-lights', 'roaming-outside-eu', 'late-fee'];

describe.runIf(browserIsThere())('a customer and an agent', () => {
  // The real models: a mood and an answer that a person would agree with.
  const app = useApp({ env: { PARLANCE_ENGINE: 'onnx', PARLANCE_DEMO: 'off' } });

  const teach = async () => {
    const { knowledge } = new ParlanceClient({ baseUrl: app.url });
    for (const name of read) {
      await knowledge.sources.upload(new Blob([readFileSync(`${articles}/${name}.md`)]), `en/${name}.md`);
    }
    const ready = async () => {
      const { sources } = await knowledge.sources.list();
      return sources.filter((source) => source.state === 'ready').length;
    };
    await expect.poll(ready, { timeout: 60_000, interval: 250 }).toBe(read.length);
  };

  it('meet: a cited answer, anger that is seen, a person who takes over, a bot that keeps silent until it is asked back', async () => {
    await teach();
    const [customer, agent] = await Promise.all([app.open('/chat'), app.open('/desk')]);
    await agent.getByText('No conversations yet').waitFor();

    await ask(customer, 'How much is a day pass in Zone 2?');
    await answered(customer, '€3');
    await customer.getByRole('button', { name: /^Source 1: Roaming outside the EU/ }).waitFor();

    await agent.getByRole('list', { name: 'Conversations' }).getByRole('link').click();
    const transcript = agent.getByRole('region', { name: 'Transcript' });
    await transcript.getByText('How much is a day pass in Zone 2?').waitFor();
    await transcript.getByRole('button', { name: /^Source 1: Roaming outside the EU/ }).waitFor();
    const mood = (word: string) => transcript.getByRole('button', { name: new RegExp(`^${word}`) });
    await mood('Neutral').waitFor();

    const complaint = 'This is ridiculous. I am furious, this is the worst service I have ever had!';
    await ask(customer, complaint);
    await mood('Negative').waitFor();
    // The label comes at once, the words that carried it a moment later.
    await transcript.locator('mark').first().waitFor();
    await mood('Negative').focus();
    await agent
      .getByText(/^Why negative, −[1-5]/)
      .first()
      .waitFor();
    await agent.getByRole('img', { name: /mood by quarter: trend .*−\d/ }).waitFor();

    await customer.getByRole('button', { name: 'Talk to a person' }).first().click();
    await customer.getByText('Waiting for a person').waitFor();
    await transcript.getByText('The customer asked for a person').waitFor();
    await agent.getByRole('region', { name: 'Conversation', exact: true }).getByText('For anyone').waitFor();

    await agent.getByRole('button', { name: 'Take over' }).click();
    await customer.getByText('A person has joined').waitFor();
    await write(agent, 'I am sorry. Let me look at it for you.');
    const heard = (text: string) =>
      customer.getByRole('list', { name: 'Conversation' }).getByText(text).waitFor();
    await heard('I am sorry. Let me look at it for you.');

    await ask(customer, 'How much is a day pass in Zone 3?');
    await transcript.getByText('How much is a day pass in Zone 3?').waitFor();
    await write(agent, 'Seven euros.');
    await heard('Seven euros.');
    const authors = async () => (await messagesOf(customer, app.url)).map(({ author }) => author);
    expect((await authors()).slice(-3)).toEqual(['agent', 'customer', 'agent']);

    await agent.getByRole('button', { name: 'More to do' }).click();
    await agent.getByRole('menuitem', { name: 'Return to the bot' }).click();
    await heard('The assistant answers again');
    await ask(customer, 'How much is the late fee?');
    await answered(customer, '€6');
    expect((await authors()).slice(-2)).toEqual(['customer', 'bot']);
    expect(await answers(customer).count()).toBe(
      (await authors()).filter((author) => author === 'bot').length,
    );

    await agent.keyboard.press('e');
    await heard('This conversation was closed.');
    const { owner } = await new ParlanceClient({ baseUrl: app.url }).conversations.get(
      conversationOf(customer),
    );
    expect(owner.kind).toBe('closed');
  });
});

async function write(agent: Page, text: string): Promise<void> {
  await agent.getByRole('textbox', { name: 'Reply to the customer' }).fill(text);
  await agent.keyboard.press('Enter');
}
