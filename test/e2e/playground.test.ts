import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { clipboard, useApp } from './app.ts';
import { browserIsThere } from './browser.ts';

const text =
  'I waited forty minutes and nobody could find my order, but the agent who called me back was kind and solved it at once.';

const run = (page: Page) => page.getByRole('button', { name: 'Run', exact: true }).click();
const answered = (page: Page) => page.getByText('Round trip', { exact: true }).waitFor();
const output = (page: Page) => page.getByRole('region', { name: 'Output' });

describe.runIf(browserIsThere())('playground', () => {
  const app = useApp();

  it('scores a text, explains it and scores its sentences', async () => {
    const page = await app.open('/');
    await page.getByLabel('Text', { exact: true }).fill(`${text} Thank you.`);
    await page.getByLabel('Per sentence').click();
    await run(page);
    await answered(page);
    const shown = output(page);
    expect(await shown.getByText(/^(Negative|Neutral|Positive)$/).count()).toBeGreaterThan(3);
    expect(await shown.getByText(/^Score [+−]?\d\.\d on a scale/).count()).toBe(3);
    await shown.getByRole('heading', { name: 'Sentence by sentence' }).waitFor();
    const marks = shown.locator('mark');
    expect(await marks.count()).toBeGreaterThan(0);
    expect(await marks.first().textContent()).toMatch(/\([+−]0\.\d\d: (carried|spoke against) “\w+”\)/);
    const whole = await shown.locator('p', { has: page.locator('mark') }).evaluate((element) => {
      for (const hidden of element.querySelectorAll('.sr-only')) hidden.remove();
      return element.textContent;
    });
    expect(whole).toBe(`${text} Thank you.`);
  });

  it('tells languages, sorts by a query and gives labels', async () => {
    const page = await app.open('/?task=languages');
    await page.getByLabel('Text', { exact: true }).fill('¿Dónde está mi pedido? Lo compré hace dos semanas.');
    await run(page);
    await answered(page);
    expect(await output(page).textContent()).toContain('Spanish');

    await page.goto(`${app.url}/?task=rerank`);
    await page.getByLabel('Texts, one per line').fill('Something else\nOpening hours');
    await page.getByLabel('Query').fill('Opening hours');
    await run(page);
    await answered(page);
    const rows = page.getByRole('region', { name: 'Results per text' }).locator('tbody tr');
    expect(await rows.first().textContent()).toBe('2Opening hours+1.000');

    await page.goto(`${app.url}/?task=classifications`);
    await page.getByLabel('Text', { exact: true }).fill('Where is my parcel?');
    await page.getByLabel('Labels').fill('delivery, refund');
    await run(page);
    await answered(page);
    expect(await output(page).locator('dt').allTextContents()).toEqual(
      expect.arrayContaining(['delivery', 'refund']),
    );
    await page.getByLabel('Labels').fill('delivery');
    await run(page);
    await page.getByText('Give at least two labels.').waitFor();
  });

  it('shows the scores beside a word that is wider than the table', async () => {
    const page = await app.open('/?task=rerank');
    for (const task of ['rerank', 'sentiment']) {
      await page.goto(`${app.url}/?task=${task}&many=true`);
      await page.getByLabel('Texts, one per line').fill(`Opening hours\n${'x'.repeat(300)}`);
      if (task === 'rerank') await page.getByLabel('Query').fill('Opening hours');
      await run(page);
      await answered(page);
      const results = page.getByRole('region', { name: 'Results per text' });
      const beyond = await results.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
      expect(beyond).toBe(0);
    }
  });

  it('keeps the input and the settings in the address', async () => {
    const page = await app.open('/');
    await page.getByLabel('Text', { exact: true }).fill('Linkable?');
    await page.getByLabel('Explain').click();
    await page.waitForURL(/text=Linkable/);
    await page.waitForURL(/options=none/);
    const again = await app.open(new URL(page.url()).pathname + new URL(page.url()).search);
    expect(await again.getByLabel('Text', { exact: true }).inputValue()).toBe('Linkable?');
    expect(await again.getByLabel('Explain').getAttribute('aria-checked')).toBe('false');
    await again.getByLabel('Text', { exact: true }).fill('long '.repeat(200));
    await again.waitForURL((url) => !url.searchParams.has('text'));
    await again.reload();
    expect(await again.getByLabel('Text', { exact: true }).inputValue()).toBe('long '.repeat(200));
  });

  it('scores many texts, sorts them and gives them out as CSV', async () => {
    const page = await app.open('/?many=true');
    await page.getByLabel('Texts, one per line').fill('first one\n\n"second", with comma\nthe third');
    await run(page);
    await answered(page);
    const rows = page.getByRole('region', { name: 'Results per text' }).locator('tbody tr');
    expect(await rows.count()).toBe(3);
    await rows.nth(1).getByRole('button', { expanded: false }).click();
    await page.getByRole('heading', { name: 'Why' }).waitFor();
    await rows.nth(1).getByRole('button', { expanded: true }).click();
    await page.getByRole('button', { name: 'Score' }).click();
    const scores = (await rows.locator('td:last-child').allTextContents()).map((cell) =>
      Number((cell.match(/[+−]?\d\.\d$/)?.[0] ?? 'NaN').replace('−', '-')),
    );
    expect(scores).toEqual([...scores].sort((a, b) => a - b));
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV' }).click(),
    ]);
    const csv = parse(readFileSync(await download.path(), 'utf8'), { bom: true, columns: true }) as Record<
      string,
      string
    >[];
    expect(csv.map((row) => row.text)).toEqual(['first one', '"second", with comma', 'the third']);
  });

  it('compares embeddings with each other', async () => {
    const page = await app.open('/?task=embeddings');
    await page.getByLabel('Texts, one per line').fill('one text\nanother text\none text');
    await run(page);
    await answered(page);
    const matrix = page.getByRole('region', { name: 'Cosine similarity' }).locator('tbody tr');
    expect(await matrix.nth(0).locator('td').allTextContents()).toEqual([
      '1',
      expect.stringMatching(/^−?[01]\.\d\d$/),
      '1.00',
    ]);
    expect(await output(page).getByRole('img', { name: 'Heat map of 384 dimensions' }).count()).toBe(1);
  });

  it('shows the answer as JSON and the request as code', async () => {
    const page = await app.open(`/?text=${encodeURIComponent(`It's "odd" $HOME`)}`);
    await run(page);
    await page.getByRole('tab', { name: 'JSON' }).click();
    await page.getByRole('button', { name: 'Copy JSON' }).click();
    const copied = JSON.parse(await clipboard(page));
    expect(copied.result.label).toMatch(/negative|neutral|positive/);
    await page.getByRole('tab', { name: 'Code' }).click();
    const code = page.getByRole('region', { name: 'curl code' });
    expect(await code.textContent()).toContain(
      `{"input":"It'\\''s \\"odd\\" $HOME","options":{"explain":true}}`,
    );
    await page.getByRole('radio', { name: 'Python' }).click();
    expect(await page.getByRole('region', { name: 'Python code' }).textContent()).toContain(
      'import requests',
    );
  });

  it('saves an example, picks it, deletes it and takes the deletion back', async () => {
    const page = await app.open('/');
    await page.getByLabel('Text', { exact: true }).fill('Worth keeping');
    await page.getByRole('button', { name: 'Save as example' }).click();
    await page.getByLabel('Title').fill('A keeper');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved as an example').waitFor();
    await page.getByLabel('Text', { exact: true }).fill('something else');
    await page.getByRole('button', { name: 'Examples', exact: true }).click();
    await page.getByRole('button', { name: 'Delete “A keeper”' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Examples', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'A keeper Worth keeping' }).click();
    expect(await page.getByLabel('Text', { exact: true }).inputValue()).toBe('Worth keeping');
    await answered(page);
  });

  it('says beside the input what is wrong with it', async () => {
    const page = await app.open('/');
    await run(page);
    await page.getByText('Write or paste a text first.').waitFor();
    await page.route('**/api/v1/sentiment', (route) =>
      route.fulfill({
        status: 400,
        contentType: 'application/problem+json',
        json: {
          type: 'urn:x',
          title: 'x',
          status: 400,
          code: 'invalid_input',
          requestId: 'req_1',
          detail: 'The request is not valid.',
          errors: [{ pointer: '/input', detail: 'Not this one.' }],
        },
      }),
    );
    await page.getByLabel('Text', { exact: true }).fill('anything');
    await run(page);
    await page.locator('#playground-errors').getByText('Not this one.').waitFor();
    await output(page).getByText('req_1').waitFor();
  });

  it('can be cancelled', async () => {
    const page = await app.open('/?text=slow');
    await page.route('**/api/v1/sentiment', () => {});
    await run(page);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });
});
