import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { ParlanceClient } from '#client';
import type { EvaluationJob, RunSummary } from '#contracts';
import { runOf } from '../fixtures/evaluation-run.ts';
import { desktop, phone, sidewaysOverflow, useApp } from './app.ts';
import { expectForEveryone } from './axe.ts';
import { browserIsThere } from './browser.ts';

/** Rows about bills that are all answered as expected, and about roaming that are half wrong. */
const each = 35;
let rows: object[];

const suiteYaml = (version: number, answer: string) => `suite: support-mood
version: ${version}
title: Mood of support
description: How customers sound.
dataset: { rows: ${JSON.stringify(rows)} }
target: { task: sentiment }
answer: ${answer}
scorers:
  - { name: accuracy }
  - { name: latency }
slices: { about: /about }
gates:
  - { metric: accuracy, floor: 0.5 }
`;

const noRun = {
  status: 404,
  contentType: 'application/problem+json',
  json: {
    type: 'x',
    title: 'Not found',
    status: 404,
    code: 'not_found',
    detail: 'There is no run.',
    requestId: 'req_1',
  },
};

const run = (page: Page) => page.getByRole('row').filter({ hasText: 'Mood of support' });
const samples = (page: Page) => page.getByRole('region', { name: 'Samples' });
const focused = (page: Page) => page.evaluate('document.activeElement.textContent');

/** Pastes a suite into the dialog and waits until its run is in the list. */
async function paste(page: Page, yaml: string, firstRows = ''): Promise<void> {
  await page.getByRole('button', { name: 'Run a suite' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: 'Paste YAML' }).click();
  await dialog.getByLabel('Suite', { exact: true }).fill(yaml);
  await dialog.getByLabel('First rows only').fill(firstRows);
  const started = page.waitForResponse((response) => response.request().method() === 'POST');
  await dialog.getByRole('button', { name: 'Run it' }).click();
  await dialog.waitFor({ state: 'detached' });
  const { id } = await (await started).json();
  await page.locator(`a[href="/evaluation/runs/${id}"]`).waitFor();
}

describe.runIf(browserIsThere())('evaluation', () => {
  const app = useApp();
  let client: ParlanceClient;
  const found = async (kept: (run: RunSummary) => boolean) =>
    (await client.evaluations.runs.list()).runs.filter(kept);

  beforeAll(async () => {
    client = new ParlanceClient({ baseUrl: app.url });
    const texts = Array.from({ length: 2 * each }, (_, place) => `Text ${place} of a customer`);
    const { results } = await client.tasks.sentiment(texts);
    const labels = results.map((item) => ('result' in item ? item.result.label : 'neutral'));
    rows = labels.map((label, place) => ({
      id: `r${place}`,
      input: texts[place],
      expected: place < each || place % 2 === 0 ? label : label === 'neutral' ? 'positive' : 'neutral',
      about: place < each ? 'bills' : 'roaming',
    }));
  });

  it('begins empty and says what to do', async () => {
    const page = await app.open('/evaluation');
    await page.getByText('Nothing was measured yet').waitFor();
    await page.getByText('npx parlance eval run').waitFor();
    await expectForEveryone(page);
    await page.goto(`${app.url}/evaluation/trends`);
    await page.getByRole('heading', { name: 'Choose a suite' }).waitFor();
    await page.goto(`${app.url}/evaluation/compare`);
    await page.getByText('Which two runs?').waitFor();
  });

  it('says what is wrong with a suite at its box, and runs it once it is right', async () => {
    const page = await app.open('/evaluation?start=true');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /^What nothing answers is refused/ }).waitFor();
    await dialog.getByRole('button', { name: 'Run it' }).click();
    await dialog.getByText('Choose a suite.').waitFor();
    await expectForEveryone(page);
    await page.setViewportSize({ width: 1280, height: 800 });
    await dialog.getByRole('radio', { name: 'Paste YAML' }).click();
    const box = dialog.getByLabel('Suite', { exact: true });
    await box.fill('suite: Support mood\nversion: 1');
    await dialog.getByRole('button', { name: 'Run it' }).click();
    await dialog.getByText('suite: Use lower-case words with hyphens').waitFor();
    expect(await box.getAttribute('aria-invalid')).toBe('true');
    await box.fill('suite: [');
    await dialog.getByRole('button', { name: 'Run it' }).click();
    await dialog.getByText('This is not YAML').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await paste(page, suiteYaml(1, '/label'));
    await run(page).getByText('Passed').filter({ visible: true }).waitFor();
    await run(page).getByText('0.743').filter({ visible: true }).waitFor();
  });

  it('stamps a try as partial, which nobody can sign', async () => {
    const page = await app.open('/evaluation');
    await run(page).first().waitFor();
    await paste(page, suiteYaml(1, '/label'), '10');
    await run(page).filter({ hasText: 'Partial: the first 10 rows' }).getByRole('link').click();
    await page.getByRole('button', { name: 'Sign a verdict' }).click();
    await page.getByRole('dialog').getByText('a verdict needs the whole suite').waitFor();
  });

  it('leads from the worst slice to its worst samples, and to a labelled row that can be undone', async () => {
    const [whole] = await found(({ partial }) => partial === null);
    const page = await app.open(`/evaluation/runs/${whole?.id}`);
    await page.getByText('Passed: 1 of 1 gate hold').waitFor();
    await page.getByText(/Worst slice: about roaming, accuracy 0.486/).waitFor();
    await expectForEveryone(page);
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.getByRole('button', { name: 'about roaming' }).first().click();
    await page.waitForURL(/slice=about&value=roaming/);
    await samples(page).getByRole('button', { name: /r35/ }).waitFor();
    await page.reload();
    const first = samples(page).locator('ol > li').first();
    await first.getByText('instead of').waitFor();
    expect(await samples(page).getByText('r0', { exact: true }).count()).toBe(0);
    await first.getByRole('button').click();
    const sheet = page.getByRole('dialog', { name: 'Sample' });
    await sheet.getByText('accuracy').waitFor();
    await expectForEveryone(page);
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.keyboard.press('j');
    await page.waitForURL(/sample=r37/);
    await page.goBack();
    await sheet.waitFor({ state: 'detached' });
    await first.getByRole('button').click();
    await page.keyboard.press('j');
    await page.waitForURL(/sample=r37/);
    await page.keyboard.press('l');
    const dialog = page.getByRole('dialog', { name: 'Make it a labelled row' });
    await dialog.getByLabel('Expected').fill('negative');
    await dialog.getByLabel('Dataset').fill('mood-fixes');
    await dialog.getByRole('button', { name: 'Add the row' }).click();
    await page.getByText('Added to “mood-fixes”').waitFor();
    const labelled = async () => (await client.evaluations.datasets.rows('mood-fixes')).rows;
    expect((await labelled())[0]).toMatchObject({ expected: 'negative', from: { sample: 'r37' } });
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => labelled().catch(() => [])).toEqual([]);
  });

  it('lists what was counted in a cell of the matrix, and what holds a word', async () => {
    const [whole] = await found(({ partial }) => partial === null);
    const page = await app.open(`/evaluation/runs/${whole?.id}`);
    const cell = page.getByRole('button', { name: /expected positive, answered neutral/ });
    const count = Number.parseInt((await cell.getAttribute('aria-label')) ?? '', 10);
    expect(count).toBeGreaterThan(0);
    await cell.click();
    await expect.poll(() => samples(page).locator('ol > li').count()).toBe(count);
    expect(await samples(page).getByText('neutral instead of positive').count()).toBe(count);
    await page.reload();
    await expect.poll(() => samples(page).locator('ol > li').count()).toBe(count);
    await samples(page).getByRole('button', { name: 'Remove this filter' }).click();
    await samples(page).getByRole('searchbox').fill('Text 69');
    await expect.poll(() => samples(page).locator('ol > li').count()).toBe(1);
    await page.waitForURL(/q=Text/);
    await samples(page).getByRole('searchbox').fill('nothing of the kind');
    await samples(page).getByRole('button', { name: 'Show all samples' }).click();
    await samples(page).getByRole('button', { name: /r35/ }).waitFor();
  });

  it('is found, opened and signed by keyboard alone', async () => {
    const page = await app.open('/evaluation?order=newest');
    await run(page).nth(1).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    expect(await focused(page)).toBe('Mood of support');
    await page.keyboard.press('Enter');
    await page.getByText('Passed: 1 of 1 gate hold').waitFor();
    await page.keyboard.press('v');
    const dialog = page.getByRole('dialog', { name: 'Sign a verdict' });
    await dialog.getByText(/You sign as You the run of Mood of support/).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await dialog.getByText('Say why').waitFor();
    await expectForEveryone(page);
    await page.setViewportSize({ width: 1280, height: 800 });
    await dialog.getByLabel('Reason').focus();
    await page.keyboard.type('Bills are right; roaming is known to be hard.');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Accepted and signed').waitFor();
    await page.getByText('Bills are right; roaming').waitFor();
    const [whole] = await found(({ partial }) => partial === null);
    expect(await client.evaluations.runs.accepted('support-mood')).toMatchObject({ run: { id: whole?.id } });
  });

  it('holds a worse run beside the one accepted last, and warns that it was scored otherwise', async () => {
    const page = await app.open('/evaluation');
    await run(page).first().waitFor();
    await paste(page, suiteYaml(1, '/label'));
    await paste(page, suiteYaml(2, '/score'));
    // What failed comes first, although nobody chose an order.
    await expect.poll(() => page.getByRole('row').nth(1).textContent()).toContain('support-mood 2');
    await run(page).getByText('Needs a verdict').filter({ visible: true }).waitFor();
    await page.getByRole('row').nth(1).getByRole('link').click();
    await page.getByText('Failed: 0 of 1 gate hold').waitFor();
    await page.keyboard.press('c');
    await page
      .getByRole('dialog')
      .getByRole('link', { name: /Accepted last/ })
      .click();
    await page.getByText('The fingerprints differ.').waitFor();
    await page.getByText('Lower by 0.743, not tested.').waitFor();
    const changes = page.getByRole('region', { name: 'Changes' });
    await changes.getByRole('article').first().getByText('Worse').waitFor();
    await changes.locator('del').first().waitFor({ state: 'detached' });
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    const second = changes.getByRole('article').nth(1);
    await expect.poll(() => focused(page)).toBe(await second.textContent());
    await expectForEveryone(page);
    await page.setViewportSize({ width: 1280, height: 800 });
    await changes.getByRole('radio', { name: 'Better 0' }).click();
    await page.getByText('Nothing got better').waitFor();
    await page.reload();
    await page.getByText('Nothing got better').waitFor();
    await page.getByRole('button', { name: 'Swap' }).click();
    await changes.getByRole('article').first().getByText('Better').waitFor();
  });

  it('says in words what a comparison with the accepted run came to', async () => {
    const [again] = await found(({ partial, version }) => partial === null && version === 1);
    const page = await app.open(`/evaluation/runs/${again?.id}`);
    await page.getByText(/compared with the run of sentiment accepted/).waitFor();
    await page.getByText(/0 got worse/).waitFor();
  });

  it('draws a suite from run to run, and says the same in a table', async () => {
    const page = await app.open('/evaluation/trends?suite=support-mood');
    const table = page.getByRole('region', { name: 'Figures of all runs' });
    await table.getByText('Accepted').waitFor();
    expect(await table.getByRole('row').count()).toBe(5);
    await page.getByRole('heading', { name: 'accuracy' }).waitFor();
    await expectForEveryone(page);
    await table.getByRole('link').last().click();
    await page.getByText('Passed: 1 of 1 gate hold').waitFor();
  });

  it('keeps the filters of the list in the address', async () => {
    const page = await app.open('/evaluation');
    await run(page).first().waitFor();
    await page.getByRole('radio', { name: 'Newest first' }).click();
    await page.getByRole('combobox', { name: 'Suite' }).selectOption('sentiment');
    await page.getByText('No run fits').waitFor();
    await page.waitForURL(/order=newest/);
    await page.reload();
    await page.getByText('No run fits').waitFor();
    await page.getByRole('button', { name: 'Show all runs' }).click();
    await run(page).first().waitFor();
    await page.getByRole('combobox', { name: 'Target' }).selectOption('sentiment');
    await page.waitForURL(/target=sentiment/);
    await run(page).first().waitFor();
    await expectForEveryone(page);
  });

  it('makes a queue of answers for people to judge', async () => {
    const [whole] = await found(({ partial }) => partial === null);
    const page = await app.open(`/evaluation/runs/${whole?.id}`);
    await page.getByRole('button', { name: 'Review answers' }).click();
    const dialog = page.getByRole('dialog', { name: 'Review answers' });
    await dialog.getByLabel('How many').fill('0');
    await dialog.getByRole('button', { name: 'Make the queue' }).click();
    await dialog.getByRole('alert').first().waitFor();
    await expectForEveryone(page);
    await page.setViewportSize({ width: 1280, height: 800 });
    await dialog.getByLabel('How many').fill('5');
    await dialog.getByLabel('Whose answers').selectOption({ index: 1 });
    await dialog.getByLabel('Which rows').selectOption('At random');
    await dialog.getByRole('button', { name: 'Make the queue' }).click();
    await page.waitForURL(/\/evaluation\/reviews\/rev_/);
    const [queue] = (await client.evaluations.reviews.list()).reviews;
    expect(queue).toMatchObject({ pairs: true, blind: true, progress: { items: 5 } });
  });

  it('shows a run that is on its way, with a way to end it', async () => {
    const page = await app.open('/evaluation');
    await run(page).first().waitFor();
    const job = (state: string) => ({
      id: '3b1f8a52-6a51-4c3f-9a6e-111111111111',
      suite: 'support-mood',
      title: 'A long one',
      target: 'sentiment',
      state,
      answered: 30,
      wanted: 120,
      errored: 2,
      problem: state === 'failed' ? 'The model went away.' : null,
      startedAt: new Date().toISOString(),
      endedAt: null,
    });
    let state = 'running';
    await page.route('**/api/v1/evaluations/jobs**', (route) => {
      if (route.request().method() === 'DELETE') state = 'failed';
      return route.fulfill({
        json: route.request().method() === 'GET' ? { jobs: [job(state)] } : job(state),
      });
    });
    await page.reload();
    await page.getByRole('progressbar', { name: 'A long one' }).waitFor();
    await page.getByText('30 of 120 answers, 2 errors').waitFor();
    await expectForEveryone(page);
    await page.getByRole('button', { name: 'Cancel “A long one”' }).click();
    await page.getByText('The model went away.').waitFor();
    await page.getByRole('button', { name: 'Dismiss the failure of “A long one”' }).click();
    await page.getByText('The model went away.').waitFor({ state: 'detached' });
  });

  it('shows at the address of a run how far it is, until it is there', async () => {
    const { id } = await client.evaluations.jobs.start({ yaml: suiteYaml(1, '/label') });
    const page = await app.open('/evaluation');
    let state: 'running' | 'done' = 'running';
    await page.route(`**/api/v1/evaluations/runs/${id}`, (route) =>
      state === 'running' ? route.fulfill(noRun) : route.continue(),
    );
    await page.route('**/api/v1/evaluations/jobs**', async (route) => {
      const response = await route.fetch();
      const { jobs } = await response.json();
      const seen = jobs.map((job: EvaluationJob) => (job.id === id ? { ...job, state } : job));
      await route.fulfill({ response, json: { jobs: seen } });
    });
    await page.goto(`${app.url}/evaluation/runs/${id}`);
    await page.getByRole('progressbar', { name: 'Mood of support' }).waitFor();
    await expectForEveryone(page);
    await vi.waitUntil(async () => (await found((run) => run.id === id)).length > 0, { timeout: 30_000 });
    state = 'done';
    await page.getByText(/^(Passed|Failed): /).waitFor();
    await client.evaluations.runs.remove(id);
  });

  it('looks again for a run whose job ends just then', async () => {
    const { id } = await client.evaluations.jobs.start({ yaml: suiteYaml(1, '/label') });
    await vi.waitUntil(async () => (await found((run) => run.id === id)).length > 0, { timeout: 30_000 });
    const page = await app.open('/evaluation');
    await page.route(`**/api/v1/evaluations/runs/${id}`, (route) => route.fulfill(noRun), { times: 1 });
    await page.goto(`${app.url}/evaluation/runs/${id}`);
    await page.getByText(/^(Passed|Failed): /).waitFor();
    await client.evaluations.runs.remove(id);
  });

  it('says at the address of a run that it was cancelled, or that there is none', async () => {
    const long = suiteYaml(1, '/label').replace('dataset:', 'repeats: 100\nconcurrency: 1\ndataset:');
    const cancelled = await client.evaluations.jobs.start({ yaml: long });
    const page = await app.open('/evaluation');
    await page.goto(`${app.url}/evaluation/runs/${cancelled.id}`);
    await page.getByRole('button', { name: 'Cancel “Mood of support”' }).click();
    await page.getByText('“Mood of support” was cancelled').waitFor();
    await page.goto(`${app.url}/evaluation/runs/3b1f8a52-6a51-4c3f-9a6e-222222222222`);
    await page.getByText('There is no evaluation run with this id.').waitFor();
  });

  it('fits a phone', async () => {
    const [whole] = await found(({ partial }) => partial === null);
    const page = await app.open('/evaluation', { size: phone });
    await run(page).first().getByText('accuracy').filter({ visible: true }).waitFor();
    expect(await sidewaysOverflow(page)).toBe(0);
    await page.goto(`${app.url}/evaluation/runs/${whole?.id}`);
    await samples(page).locator('ol > li').first().waitFor();
    expect(await sidewaysOverflow(page)).toBe(0);
    await samples(page).locator('ol > li').first().getByRole('button').click();
    await page.getByRole('dialog').getByText('accuracy').waitFor();
    expect(await sidewaysOverflow(page)).toBe(0);
  });

  it('breaks what has no place to be broken, in tables as well', async () => {
    const { metrics } = runOf();
    const run = runOf({
      suite: { ...runOf().suite, title: 'T'.repeat(60) },
      slices: { source: { ['customer_'.repeat(20)]: { rows: 30, metrics } } },
    });
    await client.evaluations.runs.record(run);
    for (const size of [phone, desktop]) {
      const page = await app.open('/evaluation?suite=moods', { size });
      await page.getByRole('link', { name: run.suite.title }).waitFor();
      expect(await sidewaysOverflow(page)).toBe(0);
      await page.goto(`${app.url}/evaluation/runs/${run.id}`);
      await page.getByRole('row').filter({ hasText: 'source customer_' }).waitFor();
      expect(await sidewaysOverflow(page)).toBe(0);
    }
    await client.evaluations.runs.remove(run.id);
  });

  it('keeps its place while the figures arrive', async () => {
    const [whole] = await found(({ partial }) => partial === null);
    const page = await app.open('/settings', { size: phone });
    for (const path of [
      '/evaluation',
      `/evaluation/runs/${whole?.id}`,
      '/evaluation/trends?suite=support-mood',
    ]) {
      await page.goto(app.url + path);
      await page.getByRole('table').first().waitFor();
      await page.waitForLoadState('networkidle');
      const shifted = await page.evaluate(`new Promise((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += entry.value;
        }).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => resolve(sum), 300);
      })`);
      expect(shifted, path).toBeLessThan(0.02);
    }
  });

  it('offers a suite to begin with, which runs as it is', async () => {
    const page = await app.open('/evaluation?start=true');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: 'Paste YAML' }).click();
    await dialog.getByRole('button', { name: 'Start from an example' }).click();
    await dialog.getByRole('button', { name: 'Run it' }).click();
    await page.getByRole('row').filter({ hasText: 'My first suite' }).waitFor();
  });
});
