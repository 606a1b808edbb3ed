import { text } from 'node:stream/consumers';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { ParlanceClient } from '#client';
import { type JudgementRecord, judgementRecord } from '#contracts';
import { runOf, sampleOf } from '../fixtures/evaluation-run.ts';
import { desktop, phone, sidewaysOverflow, useApp } from './app.ts';
import { expectForEveryone } from './axe.ts';
import { browserIsThere } from './browser.ts';
import { visit } from './talk.ts';

const pairs = 20;
const names = Array.from({ length: pairs }, (_, at) => `question-${at}`);
const secrets = ['steady-bot', 'bold-bot'];

describe.runIf(browserIsThere())('reviews', () => {
  const app = useApp();
  let local: ParlanceClient;
  let runs: string[];
  let review: string;
  const keys = new Map<string, string>();

  async function keptRun(target: string, say: (name: string) => string): Promise<string> {
    const run = runOf({ suiteName: 'answers', rows: pairs, target: { name: target, revision: null } });
    const samples = names.map((name) =>
      sampleOf(name, { input: `How about ${name}?`, output: say(name), expected: 'Well' }),
    );
    await local.evaluations.runs.record(run);
    await local.evaluations.runs.addSamples(run.id, samples);
    await local.evaluations.runs.seal(run.id);
    return run.id;
  }

  beforeAll(async () => {
    local = new ParlanceClient({ baseUrl: app.url });
    runs = [
      await keptRun('steady-bot', (name) => `It is fine with ${name}, as far as we know.`),
      await keptRun('bold-bot', (name) => `It is certainly fine with ${name}.`),
    ];
    const guideline = 'Prefer what **promises less**.';
    const rubric = { title: 'Which is more careful?', guideline, scale: { kind: 'preference' as const } };
    const overlap = { raters: 2, share: 1 };
    const made = await local.evaluations.reviews.create({
      ...{ runIds: runs, rubric, overlap, select: { random: pairs } },
    });
    review = made.id;
    for (const name of ['Ann', 'Bob'])
      keys.set(name, (await local.keys.create({ name, scopes: ['review'] })).secret ?? '');
  });

  /** A page of a rater, who has a key of their own. */
  async function openAs(rater: string, path: string, size = desktop): Promise<Page> {
    const page = await app.open('/healthz', { size });
    await page.evaluate(`sessionStorage.setItem('parlance.api-key', '${keys.get(rater)}')`);
    await page.goto(app.url + path);
    return page;
  }
  const item = (page: Page, number: number) =>
    page.getByRole('heading', { name: `Item ${number} of`, exact: false });
  /** The key for the careful answer, wherever it is. */
  const careful = async (page: Page) => {
    const first = await page.getByRole('region', { name: 'Text of the first answer' }).textContent();
    return first?.includes('as far as') ? '1' : '2';
  };
  const recordsOf = async (): Promise<JudgementRecord[]> => {
    const lines = await text((await local.evaluations.reviews.export(review)) as never);
    return lines.split('\n').flatMap((line) => (line ? judgementRecord.parse(JSON.parse(line)) : []));
  };

  it('are listed, each with how far it is', async () => {
    const page = await app.open('/evaluation/reviews');
    await page.getByRole('link', { name: 'Which is more careful?', exact: true }).waitFor();
    await page.getByText('0 of 20 items done').waitFor();
    await expectForEveryone(page);
  });

  it('are judged by keyboard alone, left, and gone on with', async () => {
    const page = await openAs('Ann', '/evaluation/reviews');
    const told: string[] = [];
    page.on('response', async (answer) => {
      if (answer.url().includes('/api/')) told.push(await answer.text().catch(() => ''));
    });
    await page.getByRole('link', { name: 'Which is more careful?', exact: true }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByText('Nobody has taken an item yet.').waitFor();
    await page.keyboard.press('j');
    await item(page, 1).waitFor();
    await page.keyboard.press('g');
    await page.getByRole('complementary', { name: 'Guideline' }).getByText('promises less').waitFor();
    // The letters after it are keys of judging, and lead nowhere else.
    await page.keyboard.press('m');
    await page.locator('mark').first().waitFor();
    await expectForEveryone(page);
    await page.setViewportSize(desktop);
    await page.keyboard.press('Escape');
    await page.getByRole('complementary', { name: 'Guideline' }).waitFor({ state: 'detached' });

    for (let number = 1; number <= 7; number++) {
      await item(page, number).waitFor();
      await page.keyboard.press(await careful(page));
    }
    await item(page, 8).waitFor();
    await page.keyboard.press('u');
    await item(page, 7).waitFor();
    await page.getByRole('button', { pressed: true }).waitFor();
    await page.keyboard.press('c');
    await page.keyboard.type('On second thoughts');
    await page.keyboard.press('Escape');
    await page.keyboard.press('0');
    await page.keyboard.press('Enter');
    await item(page, 8).waitFor();

    await page.goto(`${app.url}/evaluation`);
    await page.goto(`${app.url}/evaluation/reviews/${review}?judge=true`);
    await item(page, 8).waitFor();
    for (let number = 8; number <= pairs; number++) {
      await item(page, number).waitFor();
      await page.keyboard.press(await careful(page));
    }
    await page.getByRole('heading', { name: 'Nothing left for you' }).waitFor();
    await page.getByText('20 judgements are left for others').waitFor();
    await expectForEveryone(page);
    const seen = told.join('\n') + (await page.content());
    for (const secret of [...secrets, ...runs]) expect(seen).not.toContain(secret);
  });

  it('keep what could not be saved, and send it once', async () => {
    const page = await openAs('Bob', `/evaluation/reviews/${review}?judge=true`, phone);
    await item(page, 1).waitFor();
    expect(await sidewaysOverflow(page)).toBe(0);
    await page.route('**/judgement', (route) => route.abort());
    await page.keyboard.press(await careful(page));
    await page.getByText('What you said is not saved yet').waitFor();
    await page.unroute('**/judgement');
    // The server has it, and its answer is lost.
    await page.route('**/judgement', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await page.getByRole('button', { name: 'Try now' }).click();
    await page.getByText('What you said is not saved yet').waitFor();
    await page.unroute('**/judgement');
    await page.reload();
    await item(page, 2).waitFor();
    for (let number = 2; number <= pairs; number++) {
      await item(page, number).waitFor();
      await page.keyboard.press(number === 3 ? '0' : await careful(page));
    }
    await page.getByRole('heading', { name: 'Nothing left for you' }).waitFor();
    await page.getByText('Every item was judged by as many as should').waitFor();
    await page.getByText('Agreement κ').waitFor();
  });

  it('are closed, and tell then whose answers were whose, and everything that was said', async () => {
    const page = await app.open(`/evaluation/reviews/${review}`);
    await page.getByText('The queue is blind.').waitFor();
    expect(await page.getByRole('button', { name: 'Export judgements' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Close the queue' }).click();
    await page.getByRole('link', { name: 'steady-bot' }).waitFor();
    await page.getByText('38 times, 95.0 %').waitFor();
    await page.getByText('Agreement κ').waitFor();
    await expectForEveryone(page);
    await page.setViewportSize(desktop);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export judgements' }).click(),
    ]);
    const lines = (await text(await file.createReadStream())).trim().split('\n');
    const records = await recordsOf();
    expect(lines.map((line) => JSON.parse(line))).toEqual(records);
    expect(records.filter(({ current }) => current)).toHaveLength(2 * pairs);
    // One undo and one change of mind beside them; nothing twice.
    expect(records).toHaveLength(2 * pairs + 2);
    expect(records.filter(({ comment }) => comment === 'On second thoughts')).toHaveLength(1);
    expect(new Set(records.map(({ raterName }) => raterName))).toEqual(new Set(['Ann', 'Bob']));
  });

  it('make a labelled row of a disagreement, and take it back', async () => {
    const page = await app.open(`/evaluation/reviews/${review}?show=disagreements`);
    const judged = page.getByRole('list', { name: 'Judged items' }).getByRole('button', { expanded: false });
    await judged.first().waitFor();
    expect(await judged.count()).toBe(2);
    await page.keyboard.press('j');
    await page.keyboard.press('l');
    const dialog = page.getByRole('dialog', { name: 'Make it a labelled row' });
    await dialog.getByText('How about question-').waitFor();
    expect(await dialog.getByLabel('Expected').inputValue()).toBe('Well');
    await dialog.getByRole('button', { name: 'Add the row' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Added to “labelled”').waitFor();
    expect((await local.evaluations.datasets.rows('labelled')).rows).toMatchObject([
      { expected: 'Well', from: { reviewId: review } },
    ]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Taken out of “labelled” again').waitFor();
    expect(await local.evaluations.datasets.list()).toEqual([]);
  });

  it('fill datasets, whose rows are searched, changed, removed and frozen', async () => {
    const page = await app.open('/evaluation/datasets');
    await page.getByText('No rows are labelled yet').waitFor();
    await expectForEveryone(page);
    for (const sample of names.slice(0, 3))
      await local.evaluations.datasets.add('hard', {
        ...{ input: `How about ${sample}?`, expected: 'Well' },
        from: { runId: runs[0] ?? '', sample, repeat: 0 },
      });
    await page.reload();
    await page.setViewportSize(desktop);
    await page.getByRole('link', { name: 'hard' }).click();
    const rows = page.getByRole('list', { name: 'Rows' }).getByRole('listitem');
    await rows.filter({ hasText: 'question-2' }).waitFor();
    await page.getByRole('button', { name: 'Freeze a version' }).click();
    const [version] = await expect
      .poll(() => local.evaluations.datasets.versions('hard'))
      .toHaveLength(1)
      .then(() => local.evaluations.datasets.versions('hard'));
    await page.getByText(`sha256: ${version?.sha256}`).waitFor();
    await expectForEveryone(page);
    await page.setViewportSize(desktop);

    await page.getByRole('searchbox', { name: 'Search the rows' }).fill('question-1');
    await rows.filter({ hasText: 'question-2' }).waitFor({ state: 'detached' });
    await page.waitForURL(/q=question-1/);
    await page.locator('h2').first().click();
    await page.keyboard.press('j');
    await page.keyboard.press('c');
    await page.getByRole('dialog').getByLabel('Expected').fill('Better');
    await page.getByRole('button', { name: 'Save' }).click();
    await rows.filter({ hasText: 'Better' }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await rows.filter({ hasText: 'Well' }).waitFor();
    await rows.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('No row says that.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await rows.filter({ hasText: 'question-1' }).waitFor();
    expect((await local.evaluations.datasets.rows('hard')).rows).toHaveLength(3);
  });

  it('tell when the time for an item is over, and hand it out anew', async () => {
    const scale = { kind: 'scale' as const, points: 5, lowest: 'useless', highest: 'perfect' };
    const { id } = await local.evaluations.reviews.create({
      ...{ runIds: [runs[0] ?? ''], select: { random: 2 }, rubric: { title: 'How good?', scale } },
    });
    const page = await app.open('/evaluation/reviews');
    await page.clock.install();
    await page.goto(`${app.url}/evaluation/reviews/${id}?judge=true`);
    await item(page, 1).waitFor();
    await page.clock.fastForward('16:00');
    await page.getByText('Your time with this item is over').waitFor();
    await expectForEveryone(page);
    const handed = page.waitForResponse(/\/next$/);
    await page.getByRole('button', { name: 'Ask for it anew' }).click();
    await handed;
    // The heading never left, and a key that comes before the item is there again is for nobody.
    const skipped = async () => {
      if (await item(page, 1).isVisible()) await page.keyboard.press('s');
      return await item(page, 2).isVisible();
    };
    await expect.poll(skipped, { interval: 1000, timeout: 30_000 }).toBe(true);
    await page.keyboard.press('5');
    await page.getByRole('heading', { name: 'Nothing left for you' }).waitFor();
    await page.keyboard.press('q');
    await page.getByRole('row').filter({ hasText: 'You' }).getByRole('cell').first().waitFor();
    expect((await local.evaluations.reviews.get(id)).raters).toMatchObject([{ judged: 1, skipped: 1 }]);
  });

  it('are not the only place: an answer of the bot becomes a labelled row in the desk', async () => {
    const conversation = await visit(app.url, 'Nora', 'When is the late fee charged?');
    const page = await app.open(`/desk/${conversation}`);
    const answer = page.locator('[data-answer]').first();
    await answer.getByRole('button', { name: 'More about the answer' }).waitFor();
    await answer.focus();
    await page.keyboard.press('l');
    const dialog = page.getByRole('dialog', { name: 'Make it a labelled row' });
    await dialog.getByText('When is the late fee charged?').waitFor();
    await expectForEveryone(page);
    await page.keyboard.type('Fourteen days after the due date.');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Added to “labelled”').waitFor();
    expect((await local.evaluations.datasets.rows('labelled')).rows).toMatchObject([
      {
        input: 'When is the late fee charged?',
        expected: 'Fourteen days after the due date.',
        from: { conversationId: conversation },
      },
    ]);
    await page.goto(`${app.url}/evaluation/datasets/labelled`);
    await page.getByRole('link', { name: 'a conversation' }).click();
    await page.waitForURL(`**/desk/${conversation}`);
  });
});
