import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { ParlanceClient } from '#client';
import type { EvaluationRun } from '#contracts';
import { startServer } from '../http/server.ts';

vi.setConfig({ testTimeout: 120_000 });

const program = fileURLToPath(new URL('../../bin/parlance.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'parlance-eval-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const labels = ['negative', 'neutral', 'positive'];
const rows = Array.from({ length: 400 }, (_, row) => ({
  id: `r${row}`,
  text: `This is text number ${row}, and it says what it says`,
  label: labels[row % 3],
}));
const data = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
writeFileSync(join(folder, 'rows.jsonl'), data);

/** Writes a suite over those rows. The fake engine answers the same to the same text, whichever run asks. */
function suite(name: string, more = '', sha256 = createHash('sha256').update(data).digest('hex')): string {
  const file = join(folder, `${name}.yaml`);
  writeFileSync(
    file,
    `suite: ${name}
version: 1
title: Made up
dataset:
  file: rows.jsonl
  sha256: ${sha256}
  fields: { input: /text, expected: /label }
target: { task: sentiment }
answer: /label
scorers: [{ name: accuracy }, { name: f1 }]
concurrency: 1
${more}`,
  );
  return file;
}

function start(...args: string[]) {
  const env = { ...process.env, PARLANCE_ENGINE: 'fake', PARLANCE_WORKERS: '1', PARLANCE_PORT: '1' };
  const child = spawn(process.execPath, [program, 'eval', ...args], { cwd: folder, env });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (printed += text));
  const done = new Promise<{ code: number | null; printed: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, printed })),
  );
  return { child, done };
}
const parlance = (...args: string[]) => start(...args).done;
const runIn = (out: string, name: string) =>
  JSON.parse(readFileSync(join(folder, out, name, 'run.json'), 'utf8')) as EvaluationRun;

describe('parlance eval', () => {
  it('runs a suite, writes every report, and is compared with what was accepted', async () => {
    const file = suite('plain');
    const first = await parlance('run', file, '--out', 'first');
    expect(first.code).toBe(0);
    expect(first.printed).toContain('accuracy');
    for (const name of ['report.html', 'junit.xml', 'comment.md', 'results.jsonl', 'baseline.jsonl'])
      expect(existsSync(join(folder, 'first', 'plain', name))).toBe(true);
    const run = runIn('first', 'plain');
    expect(run).toMatchObject({ counts: { rows: 400, errored: 0 }, partial: null, comparison: null });

    const second = await parlance('run', file, '--out', 'second', '--against', 'first/plain');
    expect(second.code).toBe(0);
    expect(runIn('second', 'plain').comparison?.metrics[0]).toMatchObject({
      difference: 0,
      verdict: 'inconclusive',
      rows: 400,
    });
  });

  it('exits with 100 when a gate fails, and with 2 when the suite is wrong', async () => {
    const gated = await parlance(
      'run',
      suite('gated', 'gates: [{ metric: accuracy, floor: 0.99 }]'),
      '--out',
      'gated',
    );
    expect(gated.code).toBe(100);
    expect(gated.printed).toContain('failed: accuracy at least 0.99');
    const wrong = await parlance(
      'run',
      suite('wrong', 'gates: [{ metric: speed, floor: 1 }]'),
      '--out',
      'wrong',
    );
    expect([wrong.code, wrong.printed]).toEqual([2, expect.stringContaining('No scorer is named speed')]);
    expect((await parlance('run', 'nowhere.yaml')).code).toBe(2);
  });

  it('refuses rows that are not the pinned ones, and a change without a new version', async () => {
    const other = await parlance('run', suite('unpinned', '', 'ab'.repeat(32)), '--out', 'unpinned');
    expect([other.code, other.printed]).toEqual([
      1,
      expect.stringContaining('is not the file that the suite was written for'),
    ]);
    await parlance('run', suite('changed'), '--out', 'changed', '--limit', '5');
    const changed = await parlance('run', suite('changed', 'repeats: 2'), '--out', 'changed-2');
    expect([changed.code, changed.printed]).toEqual([1, expect.stringContaining('Set "version: 2"')]);
  });

  it('goes on after a kill, and ends with the report of an unbroken run', async () => {
    const file = suite('cut');
    expect((await parlance('run', file, '--out', 'unbroken')).code).toBe(0);

    const { child, done } = start('run', file, '--out', 'broken');
    const results = join(folder, 'broken', 'cut', 'results.jsonl');
    const kept = () => (existsSync(results) ? readFileSync(results, 'utf8').split('\n').length - 1 : 0);
    while (kept() < 100) await new Promise((resolve) => setTimeout(resolve, 2));
    child.kill('SIGKILL');
    await done;
    const before = kept();
    expect(before).toBeLessThan(400);
    writeFileSync(results, `${readFileSync(results, 'utf8')}{"id":"r399","torn`);

    expect((await parlance('run', file, '--out', 'broken')).printed).toContain('--resume');
    expect((await parlance('run', file, '--out', 'broken', '--resume')).code).toBe(0);
    expect(kept()).toBe(400);
    const { startedAt: _, endedAt: __, id: ___, environment: ____, ...resumed } = runIn('broken', 'cut');
    expect(runIn('unbroken', 'cut')).toMatchObject(resumed);
  });

  it('asks only what failed before, and stamps the run', async () => {
    const file = suite('again');
    await parlance('run', file, '--out', 'again');
    await parlance('run', file, '--out', 'failing', '--filter-failing', 'again/again');
    const { metrics, counts } = runIn('again', 'again');
    const again = runIn('failing', 'again');
    expect(again.counts.rows).toBe(Math.round(400 * (1 - (metrics.accuracy?.value ?? 0))));
    expect(again.counts.rows).toBeLessThan(counts.rows);
    expect(again.partial).toMatch(/^\d+ chosen rows$/);
    expect((await parlance('accept', 'failing/again')).printed).toContain('partial');
  });

  it('takes a run to a server, and compares later ones with what was accepted there', async () => {
    const server = await startServer();
    try {
      const at = ['--server', server.url];
      const file = suite('shared');
      await parlance('run', file, '--out', 'shared');
      const early = await parlance('run', file, '--out', 'early', '--against', 'accepted', ...at);
      expect([early.code, early.printed]).toEqual([2, expect.stringContaining('No run of this version')]);

      expect((await parlance('publish', 'shared/shared', ...at)).code).toBe(0);
      expect((await parlance('publish', 'shared/shared', ...at)).code).toBe(0);
      const { runs } = new ParlanceClient({ baseUrl: server.url }).evaluations;
      const { id } = runIn('shared', 'shared');
      expect((await runs.get(id)).summary).toMatchObject({ state: 'sealed', samples: 400 });
      await runs.sign(id, { decision: 'accepted', reason: 'It is the first.' });

      const later = await parlance(
        'run',
        file,
        '--out',
        'later',
        '--against',
        'models:/sentiment@champion',
        ...at,
      );
      expect([later.code, later.printed]).toEqual([0, expect.any(String)]);
      expect(runIn('later', 'shared').comparison).toMatchObject({
        against: { id },
        metrics: [{ changed: 0 }, { changed: 0 }],
      });
      const other = await parlance(
        'run',
        file,
        '--out',
        'other',
        '--against',
        'models:/another@champion',
        ...at,
      );
      expect([other.code, other.printed]).toEqual([2, expect.stringContaining('for another')]);
    } finally {
      await server.stop();
    }
  });
});
