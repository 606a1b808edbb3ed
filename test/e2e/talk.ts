import type { Page } from 'playwright-core';
import { ParlanceClient, readEventStream } from '#client';
import type { Message } from '#contracts';
import { sending } from '../http/conversations.ts';

/** Questions that the paced server's passages answer, and what is in the answers. */
export const fee = { question: 'when is the late fee charged', answer: 'The late fee is €6.' };
export const restart = {
  question: 'restart the Hub',
  beginning: 'Restart the Hub like',
  answer: 'Plug it in.',
};

export const composer = (page: Page) => page.getByRole('textbox', { name: 'Your message' });
export const answers = (page: Page) =>
  page
    .getByRole('list', { name: 'Conversation' })
    .locator(':scope > li')
    .filter({ hasText: /^Assistant/ });

/** Writes as the customer whose page it is. */
export async function ask(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await page.keyboard.press('Enter');
}

/** Waits until the answer is whole: what can be done with it is there. */
export const answered = (page: Page, text: string) =>
  answers(page)
    .filter({ hasText: text })
    .filter({ has: page.getByRole('button', { name: 'Copy answer' }) })
    .first()
    .waitFor();

/** The conversation of a chat page's address. */
export function conversationOf(page: Page): string {
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

/** What the server has of the conversation on a page. */
export async function messagesOf(page: Page, url: string): Promise<Message[]> {
  const { messages } = await new ParlanceClient({ baseUrl: url }).conversations.messages(
    conversationOf(page),
  );
  return messages;
}

/** A customer who has come with a name and said something; answers their conversation. */
export async function visit(url: string, name: string, ...texts: string[]): Promise<string> {
  const { token } = await new ParlanceClient({ baseUrl: url }).customers.create();
  const { conversations } = new ParlanceClient({ baseUrl: url, apiKey: token });
  const { id } = await conversations.open({ name, language: 'en' });
  for (const text of texts) await say(url, id, text, token);
  return id;
}

/** Writes in a customer's conversation; without their token as a program of the company on their behalf. */
export async function say(url: string, conversation: string, text: string, token?: string): Promise<void> {
  const response = await fetch(`${url}/api/v1/chat`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(sending(conversation, text)),
  });
  if (!response.ok || !response.body) throw new Error(`${response.status} ${await response.text()}`);
  for await (const _ of readEventStream(response.body));
}
