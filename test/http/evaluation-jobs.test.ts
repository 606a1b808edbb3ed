import { readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ParlanceClient } from '#client';
import { type EvaluationJob, evaluationJob } from '#contracts';
import { prepareFolder } from '../../services/db/memory.ts';
import { startServer, type TestServer } from './server.ts';

vi.setConfig({ testTimeout: 60_000 });

let server: TestServer;
let client: ParlanceClient;
beforeAll(async () => {
  server = await startServer();
  client = new ParlanceClient({ baseUrl: server.url });
});
afterAll(() => server?.stop());

const yamlOf = (rows: number, more = '') => `
suite: made-up
version: 1
title: Made up
dataset:
  rows: [${Array.from({ length: rows }, (_, row) => `{ id: r${row}, input: text ${row}, expected: neutral }`).join(', ')}]
target: { task: sentiment }
answer: /label
scorers: [{ name: accuracy }]
concurrency: 2
${more}`;

async function ended(id: string, of: ParlanceClient = client): Promise<EvaluationJob> {
  for (;;) {
    // A server that has just begun takes a moment to find what was left unfinished.
    const job = (await of.evaluations.jobs.list()).find((each) => each.id === id);
    if (job && job.state !== 'running') return evaluationJob.parse(job);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('a run on the server', () => {
  const jobs = () => client.evaluations.jobs;
  const runs = () => client.evaluations.runs;

  test('is of a suite that is sent, and becomes a sealed run with its results', async () => {
    const job = await jobs().start({ yaml: yamlOf(30) });
    expect(job).toMatchObject({ state: 'running', suite: 'made-up', target: 'sentiment', wanted: 30 });
    expect(await ended(job.id)).toMatchObject({ state: 'done', answered: 30, errored: 0, problem: null });
    const { summary, run } = await runs().get(job.id);
    expect(summary).toMatchObject({ state: 'sealed', samples: 30, outcome: 'passed' });
    expect(run.metrics.accuracy?.rows).toBe(30);
    expect((await runs().samples(job.id)).samples).toHaveLength(30);
    expect((await jobs().list())[0]?.id).toBe(job.id);
  });

  test('is compared with the run that was accepted last', async () => {
    const first = await jobs().start({ yaml: yamlOf(40, 'gates: [{ metric: accuracy, margin: 0.01 }]') });
    await ended(first.id);
    await runs().sign(first.id, { decision: 'accepted', reason: 'It is the first.' });
    const second = await jobs().start({ yaml: yamlOf(40, 'gates: [{ metric: accuracy, margin: 0.01 }]') });
    await ended(second.id);
    const { run } = await runs().get(second.id);
    expect(run.comparison?.against.id).toBe(first.id);
    expect(run.comparison?.metrics[0]).toMatchObject({ difference: 0, rows: 40 });
    expect(run.gates.map(({ outcome }) => outcome)).toEqual(['passed']);
  });

  test('is of a suite that comes with the server', async () => {
    const suites = await jobs().suites();
    expect(suites.map(({ suite }) => suite)).toContain('sentiment');
    const job = await jobs().start({ suite: 'sentiment', limit: 20 });
    expect(job.wanted).toBe(20);
    expect(await ended(job.id)).toMatchObject({ state: 'done', answered: 20 });
    const { run } = await runs().get(job.id);
    expect(run).toMatchObject({ partial: 'the first 20 rows', counts: { rows: 20 } });
  });

  test('of a labelled dataset is of the version that the suite pins', async () => {
    const { datasets } = client.evaluations;
    const asked = await jobs().start({ yaml: yamlOf(3) });
    await ended(asked.id);
    for (const [row, input] of ['fine', 'bad', 'so so'].entries()) {
      const from = { runId: asked.id, sample: `r${row}`, repeat: 0 };
      await datasets.add('from-people', { input, expected: 'neutral', from });
    }
    const { sha256 } = await datasets.freeze('from-people');
    const yaml = yamlOf(1).replace(
      /dataset:\n.*\n/,
      `dataset: { dataset: from-people, sha256: "${sha256}" }\n`,
    );
    const job = await jobs().start({ yaml });
    expect(await ended(job.id)).toMatchObject({ state: 'done', answered: 3 });
  });

  test('is cancelled, and leaves nothing', async () => {
    const long = await jobs().start({ yaml: yamlOf(900, 'repeats: 20') });
    const waiting = await jobs().start({ yaml: yamlOf(10) });
    expect(await jobs().cancel(waiting.id)).toMatchObject({ state: 'cancelled' });
    expect(await jobs().cancel(long.id)).toMatchObject({ state: 'cancelled' });
    expect(await ended(long.id)).toMatchObject({ state: 'cancelled', problem: null });
    await expect(runs().get(long.id)).rejects.toMatchObject({ code: 'not_found' });
    const next = await jobs().start({ yaml: yamlOf(5) });
    expect(await ended(next.id)).toMatchObject({ state: 'done' });
  });

  test.each([
    ['no YAML', { yaml: 'suite: [' }, 'invalid_input', /not YAML/],
    ['no suite and no YAML', {}, 'invalid_input', /Name a suite/],
    ['a suite that is not there', { suite: 'nowhere' }, 'not_found', /There are: .*sentiment/],
    ['a way out of the folder', { suite: '../../package' }, 'invalid_input', /./],
    [
      'a scorer that is not there',
      { yaml: yamlOf(1).replace('accuracy', 'charm') },
      'invalid_input',
      /no scorer charm/,
    ],
    [
      'a file of the server',
      { yaml: yamlOf(1).replace(/rows: .*/, `file: ../../../etc/passwd\n  sha256: ${'ab'.repeat(32)}`) },
      'unsupported',
      /files are for the command line/,
    ],
    [
      'an address that the server would call',
      {
        yaml: yamlOf(1).replace(
          '{ task: sentiment }',
          '{ endpoint: { url: "http://127.0.0.1:1/v1", model: m, keyFrom: PATH } }',
        ),
      },
      'unsupported',
      /no outside endpoints/,
    ],
    [
      'a pattern that takes for ever',
      { yaml: yamlOf(1).replace('name: accuracy', 'name: pattern') },
      'unsupported',
      /patterns/,
    ],
    ['a model that is not there', { suite: 'sentiment', model: 'nobody' }, 'not_found', /nobody/],
    [
      'a model for what has none',
      { suite: 'refusal', model: 'sentiment' },
      'invalid_input',
      /takes no model/,
    ],
  ])('is refused for %s', async (_, request, code, message) => {
    await expect(jobs().start(request)).rejects.toMatchObject({ code, message });
  });

  test('stays cancelled when the server ends before its turn came, and the others keep their order', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'parlance-jobs-'));
    try {
      await prepareFolder(folder);
      const first = await startServer({ PARLANCE_DATA_DIR: folder });
      const { jobs: before } = new ParlanceClient({ baseUrl: first.url }).evaluations;
      const ids: string[] = [];
      for (let at = 0; at < 6; at++) ids.push((await before.start({ yaml: yamlOf(900) })).id);
      const cancelled = ids.splice(3, 1)[0] ?? '';
      await before.cancel(cancelled);
      await first.running.stop();

      const second = await startServer({ PARLANCE_DATA_DIR: folder });
      const { jobs: after } = new ParlanceClient({ baseUrl: second.url }).evaluations;
      await expect.poll(async () => (await after.list()).length).toBeGreaterThan(0);
      expect((await after.list()).map(({ id }) => id)).toEqual(ids.reverse());
      for (const id of ids) await after.cancel(id);
      await second.running.stop();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test('that is started while the server still looks for what was left is done once', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'parlance-jobs-'));
    try {
      await prepareFolder(folder);
      const own = await startServer({ PARLANCE_DATA_DIR: folder });
      const of = new ParlanceClient({ baseUrl: own.url });
      const { id } = await of.evaluations.jobs.start({ yaml: yamlOf(200) });
      await own.running.services.evaluations.jobs.resume();
      expect(await ended(id, of)).toMatchObject({ state: 'done', answered: 200 });
      const { id: next } = await of.evaluations.jobs.start({ yaml: yamlOf(1) });
      await ended(next, of);
      expect(await of.evaluations.jobs.get(id)).toMatchObject({ state: 'done', answered: 200 });
      await own.running.stop();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test('goes on after a restart, and asks nothing twice', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'parlance-jobs-'));
    try {
      await prepareFolder(folder);
      const first = await startServer({ PARLANCE_DATA_DIR: folder });
      const one = new ParlanceClient({ baseUrl: first.url });
      const { id } = await one.evaluations.jobs.start({ yaml: yamlOf(900) });
      while ((await one.evaluations.jobs.get(id)).answered < 50)
        await new Promise((resolve) => setTimeout(resolve, 5));
      await first.running.stop();
      // One that was being written when the process was killed must not keep the others from going on.
      await mkdir(join(folder, 'evaluations', '0-torn'));
      await writeFile(join(folder, 'evaluations', '0-torn', 'order.json'), '{"id":"');

      const second = await startServer({ PARLANCE_DATA_DIR: folder });
      const two = new ParlanceClient({ baseUrl: second.url });
      const job = await ended(id, two);
      expect(job).toMatchObject({ state: 'done', answered: 900 });
      expect((await two.evaluations.runs.get(id)).summary).toMatchObject({ state: 'sealed', samples: 900 });
      expect(readdirSync(join(folder, 'evaluations'))).toEqual([]);
      await second.running.stop();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
