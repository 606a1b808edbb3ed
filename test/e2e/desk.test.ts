import { randomUUID } from 'node:crypto';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { ParlanceClient } from '#client';
import { bundledFixture } from '../fixtures/bundled.ts';
import { phone, sidewaysOverflow, useApp } from './app.ts';
import { expectForEveryone } from './axe.ts';
import { browserIsThere } from './browser.ts';
import { startServer } from './server.ts';
import { fee, say, visit } from './talk.ts';

const program = bundledFixture('paced-server');

const inbox = (page: Page) => page.getByRole('region', { name: 'Inbox' });
const entries = (page: Page) =>
  inbox(page).getByRole('list', { name: 'Conversations' }).locator(':scope > li');
const entry = (page: Page, name: string) => entries(page).filter({ hasText: name });
const transcript = (page: Page) => page.getByRole('region', { name: 'Transcript' });
const reply = (page: Page) => page.getByRole('textbox', { name: 'Reply to the customer' });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const hasFocus = (locator: Locator) =>
  locator.evaluate((element) => element === element.ownerDocument.activeElement);
const owner = (page: Page, name: string) =>
  page
    .getByRole('region', { name: 'Conversation', exact: true })
    .locator('header')
    .getByText(name, { exact: true });

describe.runIf(browserIsThere())('the desk', () => {
  const app = useApp({ program });
  const open = async (name: string) => {
    const page = await app.open('/desk');
    await entry(page, name).click();
    await transcript(page).waitFor();
    return page;
  };
  /** Somebody else with an agent's rights, without a page. */
  const colleague = async (name: string) => {
    const { secret } = await new ParlanceClient({ baseUrl: app.url }).keys.create({
      name,
      scopes: ['agent'],
    });
    return new ParlanceClient({ baseUrl: app.url, apiKey: secret }).desk;
  };

  it('shows every turn with its mood and why, and what the bot answered from', async () => {
    await visit(app.url, 'Moody Mae', fee.question, 'who painted the ceiling');
    const page = await open('Moody Mae');
    const mood = transcript(page).getByRole('button', { name: /^(Negative|Neutral|Positive)/ });
    await expect.poll(() => mood.count()).toBe(2);
    await transcript(page).getByText(fee.answer).waitFor();
    await transcript(page).getByText('Found no answer').waitFor();
    await mood.last().focus();
    await page
      .getByText(/^Why (negative|neutral|positive), /)
      .first()
      .waitFor();
    await transcript(page).getByRole('button', { name: 'Source 1: Late fee' }).click();
    await page.getByRole('dialog', { name: 'Source' }).locator('mark', { hasText: fee.answer }).waitFor();
    await page.keyboard.press('Escape');

    await page.getByRole('img', { name: /^Customer’s mood by quarter: trend [+−0]/ }).waitFor();
    await button(page, 'As a table').click();
    expect(await page.getByRole('row').count()).toBe(5);
    const turn = page
      .getByRole('complementary', { name: 'Details' })
      .getByRole('button', { name: fee.question });
    await turn.click();
    expect(await mood.first().evaluate((element) => element === element.ownerDocument.activeElement)).toBe(
      true,
    );
    await expectForEveryone(page);
  });

  it('takes over, replies, notes, gives back, closes and reopens', async () => {
    const id = await visit(app.url, 'Busy Bea', fee.question);
    const page = await open('Busy Bea');
    await owner(page, 'Bot').waitFor();
    await button(page, 'Take over').click();
    await owner(page, 'You').waitFor();
    await transcript(page).getByText('You took over').waitFor();
    await reply(page).fill('Hello, this is a person.');
    await page.keyboard.press('Enter');
    await transcript(page).getByText('Hello, this is a person.').waitFor();
    await page.getByRole('tab', { name: 'Note' }).click();
    await page.getByRole('textbox', { name: 'Note for colleagues' }).fill('She has called before');
    await page.keyboard.press('Enter');
    await transcript(page).getByText('Note by you').waitFor();
    await expectForEveryone(page);
    await page.setViewportSize({ width: 1280, height: 800 });

    await button(page, 'More to do').click();
    await page.getByRole('menuitem', { name: 'Return to the bot' }).click();
    await owner(page, 'Bot').waitFor();
    await button(page, 'More to do').click();
    await page.getByRole('menuitem', { name: 'Close and stay' }).click();
    await owner(page, 'Closed').waitFor();
    await button(page, 'Reopen').click();
    await owner(page, 'For anyone').waitFor();
    const { messages } = await new ParlanceClient({ baseUrl: app.url }).conversations.messages(id);
    expect(messages.map(({ author, text }) => [author, text])).toEqual([
      ['customer', fee.question],
      ['bot', expect.stringContaining(fee.answer)],
      ['agent', 'Hello, this is a person.'],
    ]);
  });

  it('goes on in the reply after taking over, where keys are words, and gives the focus back after a menu’s dialog', async () => {
    await visit(app.url, 'Typing Tess', fee.question);
    const page = await open('Typing Tess');
    await owner(page, 'Bot').waitFor();
    await page.keyboard.press('t');
    await page.keyboard.type('eager to help');
    await owner(page, 'You').waitFor();
    expect(await reply(page).inputValue()).toBe('eager to help');
    await page.keyboard.press('Escape');

    await button(page, 'More to do').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Transfer…' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Transfer the conversation' });
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => hasFocus(button(page, 'More to do'))).toBe(true);
  });

  it('transfers to people and teams, and tells who is away', async () => {
    const client = new ParlanceClient({ baseUrl: app.url });
    const { token = '' } = await client.invitations.create({ email: 'ben@example.org', roles: ['agent'] });
    await client.invitations.accept(token, { name: 'Ben Okafor', password: 'a sentence nobody guesses' });
    await client.teams.create({ name: 'Billing' });
    await visit(app.url, 'Passed Pat', fee.question);
    const page = await open('Passed Pat');
    const transferTo = async (name: string) => {
      await button(page, 'More to do').click();
      await page.getByRole('menuitem', { name: 'Transfer…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Transfer the conversation' });
      await dialog.getByLabel('Find a colleague or a team').fill(name.slice(0, 4));
      await dialog.getByRole('button', { name }).click();
      await dialog.waitFor({ state: 'detached' });
    };
    await transferTo('Billing');
    await owner(page, 'For Billing').waitFor();
    await transferTo('Ben Okafor');
    await owner(page, 'Ben Okafor').waitFor();
    await transcript(page).getByText('You passed the conversation to Ben Okafor').waitFor();

    await button(page, 'Take over').click();
    const dialog = page.getByRole('dialog', { name: 'Take it over from Ben Okafor?' });
    await dialog.getByRole('button', { name: 'Take over' }).click();
    await dialog.getByText('Say why, in a few words.').waitFor();
    await dialog.getByLabel('Why').fill('Ben is at lunch');
    await page.keyboard.press('Enter');
    await transcript(page).getByText('You took over from Ben Okafor: Ben is at lunch').waitFor();

    await page.getByRole('switch', { name: 'Available', checked: true }).click();
    await page.getByRole('switch', { name: 'Available', checked: false }).waitFor();
    const here = (await client.desk.colleagues()).colleagues.find((each) => each.name === 'You');
    expect(here?.availability).toBe('away');
    await page.getByRole('switch', { name: 'Available' }).click();
  });

  it('asks before two people answer at once', async () => {
    const id = await visit(
      app.url,
      'Double Dee',
      ...Array.from({ length: 8 }, (_, at) => `turn ${at} ${fee.question}`),
    );
    const ana = await colleague('Ana Ruiz');
    const page = await open('Double Dee');
    await ana.see({ conversationId: id, typing: true });
    await page.getByText('Ana Ruiz is writing…').waitFor();
    await entry(page, 'Double Dee').getByRole('list', { name: 'Looking at it' }).waitFor();
    await reply(page).fill('I have an answer');
    await page.keyboard.press('Enter');
    const question = page.getByRole('alertdialog', { name: 'Before this is sent' });
    await question.getByText('Ana Ruiz is writing to this customer now.').waitFor();
    await question.getByRole('button', { name: 'Back to my text' }).click();
    expect(await reply(page).inputValue()).toBe('I have an answer');
    await ana.see({ conversationId: null, typing: false });
    await page.getByText('Ana Ruiz is writing…').waitFor({ state: 'detached' });

    // The customer goes on while the agent reads further up.
    await transcript(page).evaluate((box) => box.scrollTo(0, 0));
    await page.getByRole('button', { name: 'To the latest message' }).waitFor();
    await say(app.url, id, 'No, something else!');
    await page.getByRole('button', { name: 'New messages' }).waitFor();
    await reply(page).focus();
    await page.keyboard.press('Enter');
    await question.getByText('The customer has written since you read it.').waitFor();
    await question
      .getByRole('list', { name: 'Written meanwhile' })
      .getByText('No, something else!')
      .waitFor();
    await expectForEveryone(page);
    await question.getByRole('button', { name: 'Send anyway' }).click();
    await question.waitFor({ state: 'detached' });
    await transcript(page).getByText('I have an answer').waitFor();
    const { messages } = await new ParlanceClient({ baseUrl: app.url }).conversations.messages(id);
    expect(messages.filter(({ author }) => author === 'agent').map(({ text }) => text)).toEqual([
      'I have an answer',
    ]);
  });

  it('keeps the order of the list under the pointer', async () => {
    const first = await visit(app.url, 'Order One', fee.question);
    await visit(app.url, 'Order Two', fee.question);
    const page = await app.open('/desk');
    await entry(page, 'Order Two').waitFor();
    const top = async () => (await entries(page).first().textContent()) ?? '';
    expect(await top()).toContain('Order Two');
    await entry(page, 'Order Two').hover();
    await say(app.url, first, 'and one more thing');
    await entry(page, 'Order One')
      .getByText('and one more thing')
      .or(entry(page, 'Order One').getByText('Bot:'))
      .first()
      .waitFor();
    await page.getByRole('button', { name: '1 changed, refresh order' }).waitFor();
    expect(await top()).toContain('Order Two');
    await page.getByRole('button', { name: '1 changed, refresh order' }).click();
    await expect.poll(top).toContain('Order One');

    await page.mouse.move(900, 400);
    await page.getByRole('heading', { level: 1 }).click();
    await visit(app.url, 'Order Three', fee.question);
    await expect.poll(top).toContain('Order Three');
  });

  it('keeps what was begun, for each conversation', async () => {
    await visit(app.url, 'Draft Dan', fee.question);
    await visit(app.url, 'Draft Eve', fee.question);
    const page = await open('Draft Dan');
    await reply(page).fill('To Dan, half of it');
    await entry(page, 'Draft Eve').click();
    await page.getByRole('heading', { level: 2, name: 'Draft Eve' }).waitFor();
    expect(await reply(page).inputValue()).toBe('');
    await entry(page, 'Draft Dan').getByText('you have begun to write').waitFor();
    await page.reload();
    await entry(page, 'Draft Dan').click();
    await page.getByRole('heading', { level: 2, name: 'Draft Dan' }).waitFor();
    expect(await reply(page).inputValue()).toBe('To Dan, half of it');
  });

  it('can be used by the keyboard alone', async () => {
    const id = await visit(app.url, 'Key Kim', fee.question);
    const page = await app.open('/desk');
    await entry(page, 'Key Kim').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('key ki');
    await expect.poll(() => entries(page).count()).toBe(1);
    expect(page.url()).toContain('q=');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect.poll(() => entries(page).count()).toBeGreaterThan(1);
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 2, name: 'Key Kim' }).waitFor();
    await page.keyboard.press('t');
    await owner(page, 'You').waitFor();
    await page.keyboard.press('r');
    await page.keyboard.type('nte are letters here');
    await page.keyboard.press('Enter');
    await transcript(page).getByText('nte are letters here').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    await page.keyboard.type('A note');
    await page.keyboard.press('Enter');
    await transcript(page).getByText('Note by you').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await keys.getByText('Resolve and go to the next').waitFor();
    await page.keyboard.press('Escape');
    await keys.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Command palette' }).waitFor();
    await page.keyboard.type('return to the bot');
    await page.keyboard.press('Enter');
    await owner(page, 'Bot').waitFor();
    await page.keyboard.press('e');
    await page.getByRole('heading', { level: 2, name: 'Key Kim' }).waitFor({ state: 'detached' });
    const { owner: now } = await new ParlanceClient({ baseUrl: app.url }).conversations.get(id);
    expect(now.kind).toBe('closed');

    await page.getByRole('combobox', { name: 'Open or closed' }).selectOption('closed');
    await entry(page, 'Key Kim').waitFor();
    await page.goBack();
  });

  it('finds by a word of a message, and keeps the search in the address', async () => {
    await visit(app.url, 'Search Sam', 'my zebra does not ring');
    const page = await app.open('/desk?q=zebra');
    await entry(page, 'Search Sam').waitFor();
    expect(await entries(page).count()).toBe(1);
    await page.getByRole('searchbox').fill('no such animal');
    await page.getByText('Nothing found').waitFor();
  });

  it('tells of who waits, wherever one is at the desk', async () => {
    await visit(app.url, 'Quiet Quinn', fee.question);
    const page = await open('Quiet Quinn');
    const id = await visit(app.url, 'Loud Lou', fee.question);
    await new ParlanceClient({ baseUrl: app.url }).conversations.handOff(id);
    await page.getByText('Loud Lou waits for a person').waitFor();
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await page.getByRole('heading', { level: 2, name: 'Loud Lou' }).waitFor();
    await button(page, 'Notifications').click();
    await page.getByRole('menuitemcheckbox', { name: 'A sound', checked: false }).waitFor();
  });

  it('pages a long transcript and keeps its place', async () => {
    const id = await visit(app.url, 'Long Lee', fee.question);
    for (let turn = 1; turn < 40; turn++) await say(app.url, id, `turn ${turn}`);
    const page = await open('Long Lee');
    await transcript(page).getByText('turn 39', { exact: true }).waitFor();
    expect(await transcript(page).getByText(fee.question).count()).toBe(0);
    while ((await transcript(page).getByText('Began in English').count()) === 0) {
      await button(page, 'Show earlier messages').click();
      await transcript(page)
        .getByText(/^Loading…$/)
        .waitFor({ state: 'detached' });
    }
    await transcript(page).getByText(fee.question).waitFor();
  });

  it('catches up by itself after the server was restarted', async () => {
    const id = await visit(app.url, 'Patient Pia', fee.question);
    const page = await open('Patient Pia');
    await transcript(page).getByText(fee.answer).waitFor();
    const { dataDir, url } = app.server;
    await app.server.stop();
    await page.getByText('Not live.').waitFor();
    await page.getByText(/Last updated \d\d:\d\d/).waitFor();
    app.use(await startServer({ dataDir, program, port: Number(new URL(url).port) }));
    await say(app.url, id, 'still here');
    await transcript(page).getByText('still here').waitFor();
    await page.getByText('Not live.').waitFor({ state: 'detached' });
    await reply(page).fill('so am I');
    await page.keyboard.press('Enter');
    await transcript(page).getByText('so am I').waitFor();
  });

  it('does not lose a reply that did not arrive', async () => {
    await visit(app.url, 'Lost Lea', fee.question);
    const page = await open('Lost Lea');
    await page.route('**/replies', (route) => route.abort());
    await reply(page).fill('important words');
    await page.keyboard.press('Enter');
    await page.getByText(/^Not sent\./).waitFor();
    await page.unroute('**/replies');
    await button(page, 'Try again').click();
    await page.getByText(/^Not sent\./).waitFor({ state: 'detached' });
    await transcript(page).getByText('important words').waitFor();
  });

  it('is one column on a phone', async () => {
    await visit(app.url, 'Phone Fay', fee.question);
    const page = await app.open('/desk', { size: phone });
    await entry(page, 'Phone Fay').waitFor();
    await expectForEveryone(page);
    await entry(page, 'Phone Fay').click();
    await transcript(page).waitFor();
    expect(await inbox(page).isVisible()).toBe(false);
    await expectForEveryone(page);
    await button(page, 'Details').click();
    const details = page.getByRole('dialog', { name: 'Details' });
    await details.getByRole('img', { name: /mood by quarter/ }).waitFor();
    await expectForEveryone(page);
    expect(await sidewaysOverflow(page)).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Back to the inbox' }).click();
    await entry(page, 'Phone Fay').waitFor();
  });

  it('says so when a conversation is not there', async () => {
    const page = await app.open(`/desk/${randomUUID()}`);
    await page.getByText('It is not here').waitFor();
    await page.getByRole('link', { name: 'Back to the inbox' }).click();
    await page.getByText('Choose a conversation').waitFor();
  });
});

describe.runIf(browserIsThere())('an empty desk', () => {
  const app = useApp({ env: { PARLANCE_DEMO: 'off' } });

  it('says what to do while nobody has written, and plays a demo', async () => {
    const page = await app.open('/desk');
    await page.getByText('No conversations yet').waitFor();
    await expectForEveryone(page);
    await button(page, 'Play a demo').click();
    await page.getByText('Three customers are about to write.').waitFor();
    await entries(page).first().waitFor();
  });
});
