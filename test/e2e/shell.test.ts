import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { clipboard, useApp } from './app.ts';
import { browserIsThere } from './browser.ts';

const theme = (page: Page) => page.locator('html').getAttribute('data-theme');
const title = (page: Page) => page.locator('header h1').textContent();

/** Presses Tab until the focus is where it should be. */
async function tabTo(page: Page, role: 'textbox' | 'button' | 'link', name: string): Promise<void> {
  const wanted = page.getByRole(role, { name, exact: true }).and(page.locator(':focus'));
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab');
    if ((await wanted.count()) > 0) return;
  }
  throw new Error(`Tab never came to “${name}”`);
}

describe.runIf(browserIsThere())('shell', () => {
  const app = useApp();

  it('can be used without a mouse', async () => {
    const page = await app.open('/');
    await page.getByText('Try one of these').waitFor();
    await tabTo(page, 'link', 'Skip to the content');
    await page.keyboard.press('Enter');
    await tabTo(page, 'textbox', 'Text');
    await page.keyboard.type('gpk? are letters here, not shortcuts');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Round trip', { exact: true }).waitFor();
    expect(await title(page)).toBe('Playground');

    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Command palette' }).waitFor();
    await page.keyboard.type('copy as curl');
    await page.keyboard.press('Enter');
    await page.getByText('Copied as curl').waitFor();
    expect(await clipboard(page)).toContain('gpk? are letters here');

    await page.keyboard.press('Control+k');
    await page.keyboard.type('toggle dark');
    await page.keyboard.press('Enter');
    await page.locator('html[data-theme=dark]').waitFor();
  });

  it('goes to each page by two keys, and shows the map of keys', async () => {
    const page = await app.open('/');
    await page.getByText('Try one of these').waitFor();
    for (const [key, name] of [
      ['m', 'Models'],
      ['k', 'Keys'],
      ['s', 'Settings'],
      ['p', 'Playground'],
    ] as const) {
      await page.keyboard.press('g');
      await page.keyboard.press(key);
      await page.getByRole('heading', { level: 1, name }).waitFor();
      expect(await page.title()).toBe(`${name} · Parlance`);
    }
    await page.keyboard.press('?');
    const map = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await map.waitFor();
    await page.keyboard.press('Escape');
    await map.waitFor({ state: 'detached' });
  });

  it('remembers the theme and follows the system until told otherwise', async () => {
    const page = await app.open('/settings', { theme: 'dark' });
    expect(await theme(page)).toBe('dark');
    await page.getByRole('radio', { name: 'Light' }).click();
    expect(await theme(page)).toBe('light');
    await page.reload({ waitUntil: 'commit' });
    await page.locator('html[data-theme=light]').waitFor();
    await page.getByRole('radio', { name: 'System' }).click();
    expect(await theme(page)).toBe('dark');
    await page.emulateMedia({ colorScheme: 'light' });
    await page.locator('html[data-theme=light]').waitFor();
  });

  it('narrows its navigation to icons that keep their names', async () => {
    const page = await app.open('/models');
    await page.getByRole('button', { name: 'Collapse' }).click();
    const link = page.getByRole('link', { name: 'Keys', exact: true });
    expect((await link.boundingBox())?.width).toBeLessThan(60);
    await link.click();
    await page.getByRole('heading', { level: 1, name: 'Keys' }).waitFor();
  });

  it('has a way out of an address that does not exist', async () => {
    const page = await app.open('/nowhere/at-all');
    await page.getByText('There is nothing at this address').waitFor();
    await page.getByRole('link', { name: 'Go to the playground' }).click();
    await page.getByText('Try one of these').waitFor();
  });

  it('has a way out of a page that breaks', async () => {
    const page = await app.open('/');
    await page.route('**/api/v1/models', (route) => route.fulfill({ json: { models: [{ id: 'x' }] } }));
    await page.getByRole('link', { name: 'Models', exact: true }).click();
    await page.getByText('This page broke').waitFor();
    await page.unroute('**/api/v1/models');
    await page.getByRole('button', { name: 'Start over' }).click();
    await page.getByText('Try one of these').waitFor();
  });
});
