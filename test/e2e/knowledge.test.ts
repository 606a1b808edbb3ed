import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { ParlanceClient } from '#client';
import { useApp } from './app.ts';
import { expectForEveryone } from './axe.ts';
import { browserIsThere } from './browser.ts';

const articles = fileURLToPath(new URL('../../examples/orrin/articles/en', import.meta.url));
const article = (name: string) => join(articles, name);
const file = (name: string, text: string) => ({ name, mimeType: 'text/markdown', buffer: Buffer.from(text) });

const add = (page: Page, files: Parameters<ReturnType<Page['locator']>['setInputFiles']>[0]) =>
  page.locator('input[type=file][multiple]').first().setInputFiles(files);
const source = (page: Page, title: string) => page.getByRole('row').filter({ hasText: title });
const uploads = (page: Page) => page.locator('section').filter({ hasText: 'Uploads' }).getByRole('listitem');

describe.runIf(browserIsThere())('knowledge', () => {
  const app = useApp();

  it('begins empty and says what to do', async () => {
    const page = await app.open('/knowledge');
    await page.getByText('The bot knows nothing yet').waitFor();
    await expectForEveryone(page);
    await page.getByRole('tab', { name: 'Unanswered' }).click();
    await page.getByText('Every question found an answer').waitFor();
    await page.getByRole('tab', { name: 'Intents' }).click();
    await page.getByText('No intents yet').waitFor();
  });

  it('takes many files at once, and says of each what became of it', async () => {
    const page = await app.open('/knowledge');
    await page.getByText('The bot knows nothing yet').waitFor();
    const names = ['roaming-eu.md', 'late-fee.md', 'delivery.md'];
    await add(
      page,
      [...names.map(article), join(articles, '../es/roaming-eu.md')].map((path) =>
        file(
          path.includes('/es/') ? 'itinerancia.md' : path.slice(articles.length + 1),
          readFileSync(path, 'utf8'),
        ),
      ),
    );
    await page.getByText('4 added').waitFor();
    await source(page, 'Roaming in the EU').getByText('Ready').filter({ visible: true }).waitFor();
    await source(page, 'Roaming in the EU').getByRole('cell', { name: 'Mobile' }).waitFor();
    await add(page, [file('old.doc', 'x'), file('empty.md', '')]);
    await uploads(page).filter({ hasText: 'old.doc' }).getByText('Save it as .docx').waitFor();
    await uploads(page).filter({ hasText: 'empty.md' }).getByText('The file is empty.').waitFor();
    await page.getByText('4 added, 2 failed').waitFor();
    await expectForEveryone(page);
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByText('Uploads').waitFor({ state: 'detached' });
  });

  it('takes what is dropped on the window', async () => {
    const page = await app.open('/knowledge');
    await source(page, 'Roaming in the EU').waitFor();
    const dropped = await page.evaluateHandle(`(() => {
      const data = new DataTransfer();
      data.items.add(new File(['# Dropped\\n\\nFell from the sky.'], 'dropped.md'));
      return data;
    })()`);
    await page.dispatchEvent('main', 'dragenter', { dataTransfer: dropped });
    await page.getByText('Let go to add them').waitFor();
    await page.dispatchEvent('main', 'drop', { dataTransfer: dropped });
    await source(page, 'Dropped').getByText('Ready').filter({ visible: true }).waitFor();
  });

  it('sends again what did not arrive, and not what was cancelled', async () => {
    const page = await app.open('/knowledge');
    await source(page, 'Roaming in the EU').waitFor();
    await page.route('**/api/v1/knowledge/sources', (route) =>
      route.request().method() === 'POST' ? route.abort() : route.continue(),
    );
    await add(page, [file('second-try.md', '# Second try\n\nArrives.')]);
    await uploads(page).getByText('No answer from the server').waitFor();
    await page.unroute('**/api/v1/knowledge/sources');
    await page.getByRole('button', { name: 'Try second-try.md again' }).click();
    await source(page, 'Second try').getByText('Ready').filter({ visible: true }).waitFor();

    await page.route('**/api/v1/knowledge/sources', (route) =>
      route.request().method() === 'POST' ? undefined : route.continue(),
    );
    await add(page, [file('never.md', '# Never\n\nSent.')]);
    await page.getByRole('button', { name: 'Cancel never.md' }).click();
    await uploads(page).filter({ hasText: 'never.md' }).getByText('Cancelled').waitFor();
  });

  it('filters by title and by language, in the address', async () => {
    const page = await app.open('/knowledge');
    await source(page, 'Roaming in the EU').waitFor();
    await page.getByRole('searchbox', { name: 'Filter the sources' }).fill('roaming');
    await source(page, 'Late').waitFor({ state: 'detached' });
    await page.getByRole('combobox', { name: 'Language' }).selectOption('en');
    await page.waitForURL(/q=roaming.*lang=en|lang=en.*q=roaming/);
    await page.reload();
    await source(page, 'Roaming in the EU').waitFor();
    expect(await page.getByRole('row').count()).toBe(2);
    await page.getByRole('searchbox', { name: 'Filter the sources' }).fill('nothing of the kind');
    await page.getByText('No source fits').waitFor();
    await page.getByRole('button', { name: 'Show all sources' }).click();
    await source(page, 'Late').waitFor();
  });

  it('shows what a question finds while it is typed, and why', async () => {
    const page = await app.open('/knowledge?tab=search');
    await page
      .getByRole('searchbox', { name: 'Question' })
      .pressSequentially('How much data in the EU roaming?');
    const found = page.getByRole('list', { name: 'Passages found' });
    await found.and(page.locator('[aria-busy=false]')).waitFor();
    const first = found.getByRole('listitem').first();
    await first
      .getByText(/by (meaning|words)/)
      .first()
      .waitFor();
    await first.getByText('Evidence').waitFor();
    await page.getByText(/The bot would (answer from this|say it does not know)/).waitFor();
    await page.getByText(/understood in .* searched in/).waitFor();
    await expectForEveryone(page);
    const title = await first.getByRole('heading').textContent();
    await first.getByRole('link', { name: 'Open the passage' }).click();
    await page.waitForURL(/\/knowledge\/sources\/[\w-]+#passage-/);
    await page.getByRole('heading', { level: 2, name: title ?? '' }).waitFor();
    await page.getByText('This passage').waitFor();
  });

  it('opens a document, whole, with a link to each passage', async () => {
    const page = await app.open('/knowledge');
    await page.getByRole('link', { name: 'Roaming in the EU' }).click();
    await page.getByText('What it costs').first().waitFor();
    await page.getByText('SHA-256').waitFor();
    await page.getByRole('link', { name: 'Link to passage 3' }).click();
    await page.waitForURL(/#passage-/);
    const third = page.getByRole('article', { name: 'Passage 3' });
    await third.getByText('This passage').waitFor();
    await expectForEveryone(page);
    await page.reload();
    await third.getByText('This passage').waitFor();
    expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe('Passage 3');
    await page.goto(`${page.url().split('#')[0]}#passage-gone`);
    await page.reload();
    await page.getByText('The passage you were sent to is not in it any more').waitFor();
  });

  it('replaces a document under its name', async () => {
    const page = await app.open('/knowledge');
    await page.getByRole('link', { name: 'Dropped' }).click();
    await page.getByText('Fell from the sky.').waitFor();
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles(file('other.md', '# Dropped\n\nRose from the sea.'));
    await page.getByText('Rose from the sea.').waitFor();
    await page.getByText('dropped.md').first().waitFor();
    expect(await page.getByText('Fell from the sky.').count()).toBe(0);
  });

  it('deletes a document after a moment in which it can come back', async () => {
    const page = await app.open('/knowledge');
    const remove = async () => {
      await page.getByRole('button', { name: 'Actions for “Second try”' }).click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      await source(page, 'Second try').waitFor({ state: 'detached' });
    };
    await remove();
    await page.getByRole('button', { name: 'Undo' }).click();
    await source(page, 'Second try').waitFor();
    await remove();
    // Whoever leaves at once meant it.
    await page.goto(`${app.url}/settings`);
    await expect
      .poll(async () => {
        const { sources } = await new ParlanceClient({ baseUrl: app.url }).knowledge.sources.list();
        return sources.map((each) => each.title);
      })
      .not.toContain('Second try');
  });

  it('says what found no answer, by the nearest article, until it is dismissed', async () => {
    const page = await app.open('/knowledge');
    const gap = (id: string, question: string, times: number, bestTitle: string | null) => ({
      id,
      question,
      language: 'en',
      conversationId: times > 1 ? 'cnv_1' : null,
      bestCosine: bestTitle ? 0.31 : null,
      bestTitle,
      times,
      lastAt: new Date().toISOString(),
    });
    const gaps = [gap('gap_1', 'Do you sell watches?', 3, 'Mobile plans'), gap('gap_2', 'Who won?', 1, null)];
    const dismissed: string[] = [];
    await page.route('**/api/v1/knowledge/gaps**', (route) => {
      if (route.request().method() === 'GET') {
        return route.fulfill({ json: { gaps: gaps.filter(({ id }) => !dismissed.includes(id)) } });
      }
      dismissed.push(route.request().url().split('/').at(-1) ?? '');
      return route.fulfill({ status: 204 });
    });
    await page.reload();
    await page.getByRole('tab', { name: 'Questions without an answer 2' }).click();
    await page.getByRole('heading', { name: 'Mobile plans' }).waitFor();
    await page.getByText('asked 3 times').first().waitFor();
    await page.getByRole('link', { name: 'Open the conversation with “Do you sell watches?”' }).waitFor();
    await expectForEveryone(page);
    await page.getByRole('button', { name: 'Dismiss “Who won?”' }).click();
    await page.getByText('Who won?', { exact: true }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Who won?', { exact: true }).waitFor();
    expect(dismissed).toEqual([]);
    await page.getByRole('link', { name: 'See what is found for “Do you sell watches?”' }).click();
    await page.waitForURL(/tab=search/);
    expect(await page.getByRole('searchbox', { name: 'Question' }).inputValue()).toBe('Do you sell watches?');
  });

  it('keeps intents, which are mended before they are saved', async () => {
    const page = await app.open('/knowledge?tab=intents');
    await page.getByRole('button', { name: 'New intent' }).click();
    await page.getByRole('button', { name: 'Save all' }).click();
    await page.getByText('Give it a name.').waitFor();
    await expect
      .poll(() => page.evaluate('document.activeElement.getAttribute("aria-invalid")'))
      .toBe('true');
    await page.getByText('Give at least one example').waitFor();
    await expectForEveryone(page);
    await page.getByLabel('Name').fill('late fee');
    await page.getByText('Letters, digits, - and _ only').waitFor();
    await page.getByLabel('Name').fill('late_fee');
    await page.getByLabel('Description').fill('A fee for paying late');
    await page.getByLabel('Article').fill('late-fee');
    await page.getByRole('textbox', { name: 'Examples in English' }).fill('why this fee\nlate fee');
    await page.getByRole('combobox', { name: 'Add examples in another language' }).selectOption('es');
    await page.getByRole('textbox', { name: 'Examples in Spanish' }).fill('recargo');

    await page.getByRole('tab', { name: 'Sources' }).click();
    await page.getByRole('alertdialog').getByText('have not been saved').waitFor();
    await page.getByRole('button', { name: 'Keep it' }).click();
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Save all' }).click();
    await page.getByText('Saved 1 intent').waitFor();
    await page.reload();
    const row = page.getByRole('button', { name: /^late_fee/ });
    await row.getByText('2 English, 1 Spanish').waitFor();
    await row.click();
    await page.getByRole('button', { name: 'Remove the intent late_fee' }).click();
    await page.getByText('1 change not saved.').waitFor();
    await page.getByRole('button', { name: 'Discard' }).click();
    await row.waitFor();
  });

  it('can be used without a mouse', async () => {
    const page = await app.open('/knowledge');
    await source(page, 'Roaming in the EU').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('delivery');
    await source(page, 'Roaming in the EU').waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: 'Sources' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tab', { name: 'Search' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('searchbox', { name: 'Question' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Command palette' }).waitFor();
    await page.keyboard.type('show intents');
    await page.keyboard.press('Enter');
    await page.waitForURL(/tab=intents/);
    await page.keyboard.press('g');
    await page.keyboard.press('b');
    await page
      .getByRole('button', { name: /^Actions for/ })
      .first()
      .focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Replace the file' }).waitFor();
    await page.keyboard.press('Escape');
    // The focus goes back when the menu has closed, a moment after the key.
    await page
      .getByRole('button', { name: /^Actions for/ })
      .and(page.locator(':focus'))
      .waitFor();
  });
});
