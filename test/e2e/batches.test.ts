import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useApp } from './app.ts';
import { expectForEveryone } from './axe.ts';
import { browserIsThere } from './browser.ts';

const file = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
const choose = (page: Page, chosen: ReturnType<typeof file>) =>
  page.locator('input[type=file]').first().setInputFiles(chosen);
const job = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name });

describe.runIf(browserIsThere())('jobs', () => {
  const app = useApp();

  it('are started over a file that is looked at first, and give their results', async () => {
    const page = await app.open('/batches');
    await page.getByText('No jobs yet').waitFor();
    await expectForEveryone(page);
    await choose(page, file('reviews.csv', 'id;what they said\n1;"Great; really"\n2;\n3;Awful\n'));
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('cell', { name: 'Great; really' }).waitFor();
    await expectForEveryone(page);
    await dialog.getByRole('button', { name: 'Start the job' }).click();
    await dialog.getByText('Say which column holds the text.').waitFor();
    await dialog.getByLabel('Column with the text').selectOption('what they said');
    await dialog.getByRole('button', { name: 'Start the job' }).click();
    await dialog.waitFor({ state: 'detached' });

    const row = job(page, 'reviews.csv');
    await row.getByText('Done', { exact: true }).waitFor();
    await row.getByText('3 of 3 rows').waitFor();
    await expectForEveryone(page);
    const downloading = page.waitForEvent('download');
    await row.getByRole('button', { name: 'Download the results of “reviews.csv”' }).click();
    await page.getByRole('menuitem', { name: 'As CSV' }).click();
    const saved = readFileSync(await (await downloading).path(), 'utf8').split('\n');
    expect(saved[0]).toMatch(/^id;what they said;sentiment_label;/);
    expect(saved).toHaveLength(5);

    await row.getByRole('button', { name: 'More for “reviews.csv”' }).click();
    await page.getByRole('menuitem', { name: 'Show the rows that failed' }).click();
    await page.getByRole('dialog').getByText('Row 2').waitFor();
    await page.keyboard.press('Escape');
    await row.getByRole('button', { name: 'More for “reviews.csv”' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete it' }).click();
    await page.getByText('No jobs yet').waitFor();
  });

  it('are paused and go on, and what is wrong with a file is said beside it', async () => {
    const page = await app.open('/batches');
    await choose(page, file('broken.csv', 'a,text\n1,2\n3\n'));
    await page.getByRole('button', { name: 'Start the job' }).click();
    await page
      .getByRole('alert')
      .getByText(/^Line 3 /)
      .waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();

    await choose(page, file('long.txt', 'A line that is read.\n'.repeat(60_000)));
    await page.getByRole('button', { name: 'Start the job' }).click();
    const row = job(page, 'long.txt');
    await row.getByRole('button', { name: 'Pause “long.txt”' }).click();
    await row.getByText('Paused', { exact: true }).waitFor();
    await row.getByRole('button', { name: 'Resume “long.txt”' }).click();
    await row.getByText('Running', { exact: true }).waitFor();
    await row.getByRole('button', { name: 'More for “long.txt”' }).click();
    await page.getByRole('menuitem', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Cancel the job' }).click();
    await row.getByText('Cancelled', { exact: true }).waitFor();
  });
});
