import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeHub, startHub } from '../fixtures/hub.ts';
import { phone, sidewaysOverflow, useApp } from './app.ts';
import { browserIsThere } from './browser.ts';

const fixtures = join(import.meta.dirname, '../fixtures/model-folder/acme');

describe.runIf(browserIsThere())('models from a hub', () => {
  const env: Record<string, string> = {};
  let folder: string;
  let hub: FakeHub;
  // Before the server starts, which must know where the hub is.
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parlance-e2e-models-'));
    await cp(join(fixtures, 'tiny-moods'), join(folder, 'hub/far/moods'), { recursive: true });
    await cp(join(fixtures, 'tiny-moods'), join(folder, 'own/unfit'), { recursive: true });
    await rm(join(folder, 'own/unfit/tokenizer.json'));
    hub = await startHub(join(folder, 'hub'));
    Object.assign(env, { HF_ENDPOINT: hub.url, PARLANCE_MODELS_DIR: join(folder, 'own') });
  });
  const app = useApp({ env });
  afterAll(async () => {
    await hub?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function pull(page: Page, model: string): Promise<void> {
    await page.getByRole('button', { name: 'Pull a model' }).click();
    await page.getByRole('dialog').getByLabel('Model').fill(model);
    await page.getByRole('dialog').getByRole('button', { name: 'Pull', exact: true }).click();
  }

  it('are pulled with progress, cancelled, pulled again, pinned, verified and removed', async () => {
    const page = await app.open('/models');
    hub.fault = ({ url = '' }, response) => {
      if (!url.endsWith('.onnx')) return undefined;
      response.writeHead(200, { 'content-length': '446' }).write('half of it');
      return 'answered';
    };
    await pull(page, 'far/moods');
    await page.getByRole('progressbar', { name: 'far/moods' }).waitFor();
    await page.getByText(/ of 3\.\d kB/).waitFor();
    await page.getByRole('button', { name: 'Cancel the pull of far/moods' }).click();
    await page.getByText('Cancelled', { exact: true }).waitFor();
    hub.fault = () => undefined;
    // A small model is there before the page first asks how far it is.
    await page.route('**/models/pulls', async (route) => {
      if (route.request().method() === 'GET') await wait(500);
      await route.continue();
    });
    await page.getByRole('button', { name: 'Pull far/moods again' }).click();

    await page.getByRole('link', { name: 'moods', exact: true }).click();
    await page.getByText(hub.commit).waitFor();
    await page.getByText('nothing asked yet').waitFor();
    await page.getByRole('button', { name: 'Pin', exact: true }).click();
    await page.getByText('Pinned', { exact: true }).waitFor();
    await page.getByText('Ready', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByText(/were compared/).waitFor();
    await page.getByRole('button', { name: 'Unpin' }).click();
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('button', { name: 'Remove model' }).click();
    await page.waitForURL(/\/models$/);
    await page.getByRole('link', { name: 'all-MiniLM-L6-v2' }).waitFor();
    expect(await page.getByRole('link', { name: 'moods', exact: true }).count()).toBe(0);
  });

  it('say what is wrong, beside the field or the pull, and fit on a phone', async () => {
    const page = await app.open('/models', { size: phone });
    await page.getByText(/unfit has no tokenizer\.json/).waitFor();
    await pull(page, 'not a name');
    await page
      .getByRole('dialog')
      .getByRole('alert')
      .getByText(/owner\/name/)
      .waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    hub.fault = (_, response) => {
      response.writeHead(401).end();
      return 'answered';
    };
    await pull(page, 'far/secret');
    await page.getByText(/HF_TOKEN/).waitFor();
    expect(await sidewaysOverflow(page)).toBe(0);
    hub.fault = () => undefined;
  });
});
