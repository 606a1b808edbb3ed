import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { bundledFixture } from '../fixtures/bundled.ts';
import { phone, sidewaysOverflow, useApp } from './app.ts';
import { expectForEveryone } from './axe.ts';
import { browserIsThere } from './browser.ts';
import { startServer } from './server.ts';
import { answered, answers, ask, composer, fee, messagesOf, restart, say } from './talk.ts';

const program = bundledFixture('paced-server');

describe.runIf(browserIsThere())('the chat', () => {
  const app = useApp({ program });
  const begin = async () => {
    app.server.tell('go');
    const page = await app.open('/chat');
    await page.getByRole('heading', { name: 'How can we help?' }).waitFor();
    return page;
  };

  it('answers with a source that opens, and goes on after a reload', async () => {
    const page = await begin();
    await ask(page, fee.question);
    await answered(page, fee.answer);
    const chip = page.getByRole('button', { name: 'Source 1: Late fee' });
    await chip.click();
    const sheet = page.getByRole('dialog', { name: 'Source' });
    await sheet.locator('mark', { hasText: fee.answer }).waitFor();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    expect(await chip.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);

    await page.reload();
    await answered(page, fee.answer);
    expect(await answers(page).count()).toBe(1);
    await page
      .getByRole('navigation', { name: 'Your conversations' })
      .getByRole('link', { name: fee.question })
      .waitFor();
    await expectForEveryone(page);
  });

  it('says how long it thinks, writes without moving what was written, and is announced once', async () => {
    const page = await begin();
    await page.evaluate(
      `window.shifts = []; window.said = [];
       new PerformanceObserver((list) => window.shifts.push(...list.getEntries().filter((each) => !each.hadRecentInput).map((each) => each.value))).observe({ type: 'layout-shift', buffered: true });
       new MutationObserver(() => window.said.push(document.querySelector('main [role=status].sr-only:not(:empty)')?.textContent)).observe(document.querySelector('main'), { subtree: true, childList: true, characterData: true });`,
    );
    app.server.tell('hold');
    let send = () => {};
    const held = new Promise<void>((resolve) => {
      send = resolve;
    });
    await page.route('**/api/v1/chat', async (route) => {
      await held;
      await route.continue();
    });
    await ask(page, restart.question);
    await page.getByText('Thinking 1 s').waitFor();
    send();
    await page.getByText(restart.beginning).waitFor();
    await page.evaluate('window.shifts = []');
    for (const text of ['Pull the plug', 'Wait half a minute', restart.answer]) {
      while ((await page.getByText(text).count()) === 0) {
        app.server.tell('one');
        await page.waitForTimeout(60);
      }
      expect(await page.getByRole('button', { name: 'Copy answer' }).count()).toBe(0);
    }
    app.server.tell('go');
    await answered(page, restart.answer);
    expect(await page.evaluate('window.shifts.reduce((sum, each) => sum + each, 0)')).toBeLessThan(0.002);
    await expect
      .poll(() => page.evaluate('window.said.filter((each, at, all) => each && each !== all[at - 1])'))
      .toEqual(['The assistant is answering.', expect.stringMatching(/^Answer: .*Plug it in\.$/s)]);
  });

  it('is in the list although the list was asked for before it was stored', async () => {
    const page = await begin();
    let end = () => {};
    const held = new Promise<void>((resolve) => {
      end = resolve;
    });
    await page.route(
      /\/api\/v1\/conversations(\?|$)/,
      (route) => held.then(() => route.fulfill({ json: { conversations: [], next: null } })),
      { times: 1 },
    );
    await ask(page, fee.question);
    await answered(page, fee.answer);
    end();
    await page.getByRole('link', { name: fee.question }).waitFor();
  });

  it('is resumed after a reload and on a second device', async () => {
    const page = await begin();
    app.server.tell('hold');
    await ask(page, restart.question);
    await page.getByText(restart.beginning).waitFor();
    await page.waitForURL(/chat\/[\w-]{36}$/);
    await page.getByRole('link', { name: restart.question }).waitFor();
    const second = await app.open('/settings');
    const token = (await page.evaluate('localStorage.getItem("parlance.customer-token")')) as string;
    await second.evaluate(`localStorage.setItem("parlance.customer-token", ${JSON.stringify(token)})`);
    await second.goto(page.url());
    await page.reload();
    for (const each of [page, second]) await each.getByText(restart.beginning).waitFor();
    while ((await second.getByText('Pull the plug').count()) === 0) {
      app.server.tell('one');
      await page.waitForTimeout(60);
    }
    await page.getByText('Pull the plug').waitFor();
    app.server.tell('go');
    for (const each of [page, second]) {
      await answered(each, restart.answer);
      expect(await answers(each).count()).toBe(1);
      expect(await answers(each).getByText('Pull the plug').count()).toBe(1);
    }
  });

  it('stops, and keeps what was said', async () => {
    const page = await begin();
    app.server.tell('hold');
    await ask(page, restart.question);
    while ((await page.getByText('Pull the plug').count()) === 0) {
      app.server.tell('one');
      await page.waitForTimeout(60);
    }
    await page.getByRole('button', { name: 'Stop the answer' }).click();
    await page.getByText('You stopped this answer').waitFor();
    await page.getByText('Pull the plug').waitFor();
    await page.getByRole('button', { name: 'Send' }).waitFor();
    app.server.tell('go');
    expect((await messagesOf(page, app.url)).map(({ state }) => state)).toEqual(['complete', 'stopped']);
  });

  it('gives another answer beside the first, and goes between them', async () => {
    const page = await begin();
    await ask(page, 'late fee');
    await answered(page, '€6');
    await page.getByRole('button', { name: 'Another answer' }).click();
    await page.getByText('Answer 2/2').waitFor();
    await page.getByRole('button', { name: 'Copy answer' }).waitFor();
    const second = await answers(page).textContent();
    await page.getByRole('button', { name: 'Answer before' }).click();
    await page.getByText('Answer 1/2').waitFor();
    expect(await answers(page).textContent()).not.toBe(second);
    await page.getByRole('button', { name: 'Answer after' }).click();
    await page.getByText('Answer 2/2').waitFor();
    expect(await messagesOf(page, app.url)).toHaveLength(3);
  });

  it('asks whether it helped, and why not', async () => {
    const page = await begin();
    await ask(page, fee.question);
    await answered(page, fee.answer);
    await page.getByRole('button', { name: 'This did not help' }).click();
    await page.getByLabel('What was missing or wrong?').fill('I asked about something else');
    await page.getByRole('button', { name: 'Send', exact: true }).last().click();
    await expect
      .poll(async () => (await messagesOf(page, app.url)).at(-1)?.feedback)
      .toEqual({ vote: 'down', reason: 'I asked about something else' });
    await page.getByRole('button', { name: 'This helped' }).click();
    await page.getByRole('button', { name: 'This helped', pressed: true }).waitFor();
    await page.getByRole('button', { name: 'This did not help', pressed: false }).waitFor();
  });

  it('offers a person where it knows nothing, and says who answers', async () => {
    const page = await begin();
    await ask(page, 'who painted the ceiling');
    await page
      .getByRole('list', { name: 'Conversation' })
      .getByRole('button', { name: 'Talk to a person' })
      .click();
    await page.getByText('Waiting for a person').waitFor();
    await page.getByRole('list', { name: 'Conversation' }).getByText('A person was asked for').waitFor();
    expect(await page.getByRole('button', { name: 'Talk to a person' }).isDisabled()).toBe(true);
    await ask(page, 'are you there?');
    await page.getByRole('list', { name: 'Conversation' }).getByText('are you there?').waitFor();
    await expect.poll(async () => (await messagesOf(page, app.url)).length).toBe(3);
    expect(await page.getByText('Thinking').count()).toBe(0);
  });

  it('can be asked for a person before anything else', async () => {
    const page = await begin();
    await page.getByRole('button', { name: 'Talk to a person' }).click();
    await page.waitForURL(/chat\/[\w-]{36}$/);
    await page.getByText('Waiting for a person').waitFor();
  });

  it('asks back with buttons when it is not sure', async () => {
    const page = await begin();
    await ask(page, 'cancel my contract');
    const choices = page.getByRole('list', { name: 'What did you mean?' }).getByRole('button');
    await choices.first().waitFor();
    expect(await choices.count()).toBe(2);
    const label = (await choices.first().textContent()) ?? '';
    await choices.first().press('Enter');
    await expect.poll(async () => (await messagesOf(page, app.url))[2]?.text).toBe(label);
    await choices.first().waitFor({ state: 'detached' });
    const messages = page.getByRole('region', { name: 'Messages' });
    expect(await messages.evaluate((box) => box === box.ownerDocument.activeElement)).toBe(true);
  });

  it('shows the whole end of an answer to whoever was at the end, on a phone', async () => {
    app.server.tell('go');
    const page = await app.open('/chat', { size: phone });
    const messages = page.getByRole('region', { name: 'Messages' });
    const atEnd = () => messages.evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight < 2);
    await ask(page, fee.question);
    await answered(page, fee.answer);
    // On a slow phone the event of the page's own scrolling comes when the answer has already grown.
    await messages.evaluate((box) => {
      const { MutationObserver, Event } = box.ownerDocument.defaultView as unknown as {
        MutationObserver: new (heard: () => void) => { observe(node: unknown, what: object): void };
        Event: new (name: string) => Event;
      };
      new MutationObserver(() => box.dispatchEvent(new Event('scroll'))).observe(box, {
        subtree: true,
        childList: true,
      });
    });
    await ask(page, 'cancel my contract');
    const choices = page.getByRole('list', { name: 'What did you mean?' }).getByRole('button');
    await choices.last().waitFor();
    await page.getByRole('button', { name: 'Copy answer' }).nth(1).waitFor();
    await expect.poll(atEnd).toBe(true);
    expect(await page.getByRole('button', { name: 'To the latest message' }).count()).toBe(0);
    await page.getByRole('button', { name: 'This did not help' }).last().click();
    await page.getByLabel('What was missing or wrong?').waitFor();
    await expect.poll(atEnd).toBe(true);

    await ask(page, restart.question);
    await answered(page, restart.answer);
    await expect.poll(atEnd).toBe(true);
    await messages.evaluate((box) => box.scrollTo(0, 0));
    await page.getByRole('button', { name: 'To the latest message' }).waitFor();
    await say(app.url, new URL(page.url()).pathname.split('/').at(-1) ?? '', 'cancel my contract');
    await page.getByRole('button', { name: 'New messages' }).waitFor();
    await choices.last().waitFor();
    expect(await messages.evaluate((box) => box.scrollTop)).toBe(0);
  });

  it('keeps what is written without a network and sends it once there is one', async () => {
    const page = await begin();
    await ask(page, fee.question);
    await answered(page, fee.answer);
    await page.context().setOffline(true);
    await ask(page, restart.question);
    await page.getByText('Waiting to be sent').waitFor();
    await page.context().setOffline(false);
    await answered(page, restart.answer);
    expect((await messagesOf(page, app.url)).filter(({ text }) => text === restart.question)).toHaveLength(1);
  });

  it('says when a message was refused, and sends it again as the same one', async () => {
    const page = await begin();
    await page.route('**/api/v1/chat', async (route) => {
      // Stored, and then the answer is lost: what a failing connection looks like from here.
      await route.fetch();
      await route.fulfill({
        status: 500,
        contentType: 'application/problem+json',
        json: {
          type: 'x',
          title: 'x',
          status: 500,
          code: 'internal',
          requestId: 'req_1',
          detail: 'It broke.',
        },
      });
    });
    await ask(page, fee.question);
    await page.getByText('Not sent. It broke.').waitFor();
    await page.unroute('**/api/v1/chat');
    await page.getByRole('button', { name: 'Try again' }).click();
    await answered(page, fee.answer);
    expect((await messagesOf(page, app.url)).map(({ author }) => author)).toEqual(['customer', 'bot']);
  });

  it('loads a long conversation page by page and never scrolls by itself', async () => {
    const page = await begin();
    await ask(page, 'turn 0');
    await page.getByRole('button', { name: 'Copy answer' }).waitFor();
    const conversation = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    for (let turn = 1; turn < 40; turn++) await say(app.url, conversation, `turn ${turn}`);
    await page.reload();
    const messages = page.getByRole('region', { name: 'Messages' });
    const turn = (number: number) => messages.getByText(new RegExp(`turn ${number}$`));
    await turn(39).waitFor();
    expect(await turn(1).count()).toBe(0);
    const atEnd = () => messages.evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight < 2);
    await expect.poll(atEnd).toBe(true);

    await messages.evaluate((box) => box.scrollTo(0, 300));
    await page.getByRole('button', { name: 'To the latest message' }).waitFor();
    const place = () => messages.evaluate((box) => box.scrollTop);
    const before = await place();
    await say(app.url, conversation, 'something new');
    await page.getByRole('button', { name: 'New messages' }).waitFor();
    expect(await place()).toBe(before);

    const [, shown] =
      /(\d+)$/.exec(
        (await messages
          .getByText(/turn \d+$/)
          .first()
          .textContent()) ?? '',
      ) ?? [];
    const top = async () => (await turn(Number(shown)).boundingBox())?.y ?? Number.NaN;
    await messages.evaluate((box) => box.scrollTo(0, 0));
    const was = await top();
    await page.getByRole('button', { name: 'Show earlier messages' }).click();
    await turn(0).waitFor();
    // The button that was above has gone, so what was in view may only move up by that.
    await expect.poll(async () => Math.abs((await top()) - was)).toBeLessThan(80);
    await page.getByRole('button', { name: 'New messages' }).click();
    await expect.poll(atEnd).toBe(true);
  });

  it('shows whatever is in a message as text', async () => {
    const page = await begin();
    const hostile =
      '<script>window.harm = 1</script><img src=x onerror="window.harm = 2">\n\n[bad](javascript:window.harm=3) [good](https://example.org) [here](/settings)\n\n![outside](https://example.org/a.png)';
    await page.route('**/api/v1/conversations/*/messages*', async (route) => {
      const answer = await route.fetch();
      const body = (await answer.json()) as { messages: { text: string }[] };
      for (const message of body.messages) message.text = hostile;
      await route.fulfill({ response: answer, json: body });
    });
    await ask(page, fee.question);
    await page.waitForURL(/chat\/[\w-]{36}$/);
    await page.getByRole('button', { name: 'Copy answer' }).waitFor();
    await page.reload();
    const link = answers(page).getByRole('link', { name: 'good' });
    await link.waitFor();
    expect([await link.getAttribute('href'), await link.getAttribute('rel')]).toEqual([
      'https://example.org',
      'noopener noreferrer nofollow',
    ]);
    expect(await page.getByRole('list', { name: 'Conversation' }).locator('img, script, a').count()).toBe(1);
    expect(await page.evaluate('window.harm')).toBeUndefined();
  });

  it('goes on by itself when the server was restarted', async () => {
    const page = await begin();
    await ask(page, fee.question);
    await answered(page, fee.answer);
    const { dataDir, url } = app.server;
    await app.server.stop();
    await page.getByText('Not live.').waitFor();
    await ask(page, restart.question);
    await page.getByText('Waiting to be sent').waitFor();
    app.use(await startServer({ dataDir, program, port: Number(new URL(url).port) }));
    await answered(page, restart.answer);
    await page.getByText('Not live.').waitFor({ state: 'detached' });
    expect((await messagesOf(page, app.url)).map(({ author }) => author)).toEqual([
      'customer',
      'bot',
      'customer',
      'bot',
    ]);
  });

  it('can be used without a mouse, and on a phone', async () => {
    const page = await app.open('/chat', { size: phone });
    await expectForEveryone(page);
    await page.keyboard.press('/');
    await page.keyboard.type(`${fee.question}?`);
    await page.keyboard.press('Enter');
    await answered(page, fee.answer);
    expect(await composer(page).evaluate((element) => element === element.ownerDocument.activeElement)).toBe(
      true,
    );
    await tabBackTo(page, 'Source 1: Late fee');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Source' }).waitFor();
    await expectForEveryone(page);
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    await page.getByRole('heading', { name: 'How can we help?' }).waitFor();
    await page.getByRole('button', { name: 'Your conversations' }).click();
    await page.getByRole('dialog').getByRole('link', { name: fee.question }).waitFor();
    expect(await sidewaysOverflow(page)).toBe(0);
  });

  it('says so at an address that is nobody’s conversation', async () => {
    const page = await app.open(`/chat/${randomUUID()}`);
    await page.getByText('It is not here').waitFor();
  });
});

/** Goes back through what can be reached until a button has the focus. */
async function tabBackTo(page: Page, name: string): Promise<void> {
  const wanted = page.getByRole('button', { name }).and(page.locator(':focus'));
  for (let presses = 0; presses < 15; presses++) {
    await page.keyboard.press('Shift+Tab');
    if ((await wanted.count()) > 0) return;
  }
  throw new Error(`Tab never came to “${name}”`);
}
