import { describe, expect, it } from 'vitest';
import { clipboard, useApp } from './app.ts';
import { browserIsThere } from './browser.ts';

describe.runIf(browserIsThere())('pages', () => {
  const app = useApp();

  it('lists the models and opens the card of one', async () => {
    const page = await app.open('/models');
    await page.getByRole('link', { name: 'all-MiniLM-L6-v2' }).click();
    await page.waitForURL(/\/models\/all-MiniLM-L6-v2$/);
    await page.getByText('Apache-2.0').first().waitFor();
    await page.getByRole('heading', { name: 'Model card' }).waitFor();
    await page.reload();
    await page.getByRole('link', { name: 'Try it' }).click();
    await page.getByRole('tab', { name: 'Embeddings', selected: true }).waitFor();
  });

  it('shows a model card as text, whatever is in it', async () => {
    const page = await app.open('/models');
    await page.route('**/api/v1/models/all-MiniLM-L6-v2', async (route) => {
      const answer = await route.fetch();
      const cardText =
        '# Title\n\n<script>window.harm = 1</script><img src=x onerror="window.harm = 2">\n\n[bad](javascript:window.harm=3) [good](https://example.org)\n\n![outside](https://example.org/a.png)\n\n| a | b |\n|---|---|\n| 1 | 2 |';
      await route.fulfill({ response: answer, json: { ...(await answer.json()), cardText } });
    });
    await page.getByRole('link', { name: 'all-MiniLM-L6-v2' }).click();
    await page.getByRole('cell', { name: '2', exact: true }).waitFor();
    expect(await page.locator('main img, main script').count()).toBe(0);
    expect(await page.getByRole('link', { name: 'good' }).getAttribute('href')).toBe('https://example.org');
    expect(await page.locator('a[href^="javascript:"]').count()).toBe(0);
    expect(await page.evaluate('window.harm')).toBeUndefined();
  });

  it('says so when there is no such model', async () => {
    const page = await app.open('/models/no/such-model');
    await page.getByText('It is not here').waitFor();
    await page.getByRole('button', { name: 'Copy request id' }).click();
    expect(await clipboard(page)).toMatch(/^req_/);
  });

  it('makes a key, shows it once, and revokes it', async () => {
    const page = await app.open('/keys');
    await page.getByText('No keys yet').waitFor();
    await page.getByRole('button', { name: 'Create key' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Create key' }).click();
    await dialog.getByText('Give it a name that says who uses it.').waitFor();
    await dialog.getByLabel('Name').fill('importer');
    await dialog.getByLabel('Expires after days').fill('30');
    await dialog.getByRole('button', { name: 'Create key' }).click();
    const secret = await dialog.getByTestId('secret').textContent();
    await dialog.getByRole('button', { name: 'Copy key' }).click();
    expect(await clipboard(page)).toBe(secret);
    await page.keyboard.press('Escape');
    expect(await dialog.isVisible()).toBe(true);
    await dialog.getByRole('button', { name: 'I have stored it' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await page.content()).not.toContain(secret);
    const opener = page.getByRole('button', { name: 'Create key' }).first();
    expect(await opener.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);

    const row = page.getByRole('listitem').filter({ hasText: 'importer' });
    await row.getByText('Active').waitFor();
    await row.getByRole('button', { name: 'Revoke “importer”' }).click();
    await page.getByRole('button', { name: 'Revoke key' }).click();
    await row.getByText('Revoked', { exact: true }).waitFor();

    await page.getByRole('tab', { name: 'Audit log' }).click();
    await page.getByText('key.revoked').waitFor();
    await page.getByText('key.created').waitFor();
  });

  it('puts what the server finds wrong beside the field', async () => {
    const page = await app.open('/keys?create=true');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('too eager');
    await dialog.getByLabel('Requests per minute').fill('0');
    await dialog.getByRole('button', { name: 'Create key' }).click();
    await dialog.locator('[aria-invalid=true]').waitFor();
    const field = dialog.getByLabel('Requests per minute');
    const described = (await field.getAttribute('aria-describedby')) ?? '';
    const error = described.split(' ').find((id) => id.endsWith('-error'));
    expect(await page.locator(`[id="${error}"]`).textContent()).not.toBe('');
  });

  it('describes the server', async () => {
    const page = await app.open('/settings');
    await page.getByText('PGlite, embedded').waitFor();
    await page.getByText('1 of 1 ready').waitFor();
    await page.getByText('PARLANCE_WORKERS').waitFor();
    for (const path of ['/docs', '/openapi.json', '/metrics']) {
      expect(await page.locator(`main a[href="${path}"]`).count()).toBe(1);
      expect((await page.request.get(app.url + path)).status()).toBe(200);
    }
  });
});
