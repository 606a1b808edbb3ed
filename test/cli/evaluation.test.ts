import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { ParlanceClient } from '#client';
import type { EvaluationRun } from '#contracts';
import { quickStart } from '../fixtures/quick-start.ts';
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
  const child = spawn(process.execPath, [...quickStart, program, 'eval', ...args], { cwd: folder, env });
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
    const lost = suite('lost');
    writeFileSync(lost, readFileSync(lost, 'utf8').replace('rows.jsonl', 'lost.jsonl'));
    const none = await parlance('run', lost, '--out', 'lost');
    expect([none.code, none.printed]).toEqual([
      2,
      expect.stringMatching(/^There is no file .*lost\.jsonl\.$/m),
    ]);
    await parlance('run', suite('changed'), '--out', 'changed', '--limit', '5');
    const changed = await parlance('run', suite('changed', 'repeats: 2'), '--out', 'changed-2');
    expect([changed.code, changed.printed]).toEqual([1, expect.stringContaining('Set "version: 2"')]);
  });

  it('keeps a run beside a suite of one’s own, and compares the next with it', async () => {
    const file = suite('kept');
    await parlance('run', file, '--out', 'kept');
    expect((await parlance('accept', 'kept/kept')).code).toBe(0);
    expect(existsSync(join(folder, 'kept.baseline.jsonl'))).toBe(true);
    await parlance('run', file, '--out', 'kept-2');
    expect(runIn('kept-2', 'kept').comparison?.metrics[0]).toMatchObject({ changed: 0, rows: 400 });
    const other = await parlance('accept', 'kept/kept', suite('unlike'));
    expect([other.code, other.printed]).toEqual([2, expect.stringContaining('is not the suite kept')]);
  });

  it('does not go on with another model, or from what was torn', async () => {
    const file = suite('mixed');
    await parlance('run', file, '--out', 'mixed', '--limit', '5');
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace('task: sentiment', 'task: sentiment, options: { sentences: true }'),
    );
    const mixed = await parlance('run', file, '--out', 'mixed', '--resume');
    expect([mixed.code, mixed.printed]).toEqual([2, expect.stringContaining('Begin a new one')]);

    for (const name of ['run.json', 'began.json'])
      writeFileSync(join(folder, 'mixed', 'mixed', name), '{"id": "');
    const accepted = await parlance('accept', 'mixed/mixed');
    expect([accepted.code, accepted.printed]).toEqual([
      2,
      expect.stringContaining('run.json cannot be read'),
    ]);
    const resumed = await parlance('run', file, '--out', 'mixed', '--resume');
    expect([resumed.code, resumed.printed]).toEqual([
      2,
      expect.stringContaining('began.json cannot be read'),
    ]);
  });

  it('goes on after a kill, and ends with the report of an unbroken run', async () => {
    const file = suite('cut');
    expect((await parlance('run', file, '--out', 'unbroken')).code).toBe(0);

    const { child, done } = start('run', file, '--out', 'broken');
    const results = join(folder, 'broken', 'cut', 'results.jsonl');
    const kept = () => (existsSync(results) ? readFileSync(results, 'utf8').split('\n').length - 1 : 0);
    while (kept() < 20) await new Promise((resolve) => setTimeout(resolve, 2));
    child.kill('SIGSTOP');
    const beside = await parlance('run', file, '--out', 'broken', '--resume');
    expect([beside.code, beside.printed]).toEqual([2, expect.stringContaining('Another process is at work')]);
    child.kill('SIGCONT');
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

  it('asks an endpoint and a judge, waits when told to, and never lets a model judge itself', async () => {
    let calls = 0;
    const provider = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += chunk));
      request.on('end', () => {
        calls++;
        if (calls === 1) return response.writeHead(429, { 'retry-after': '0.01' }).end();
        // A connection that was kept open may be closed just when it is used.
        if (calls === 2) return request.socket.destroy();
        const { model, messages } = JSON.parse(body) as { model: string; messages: { content: string }[] };
        const said = messages.at(-1)?.content ?? '';
        const verdict = said.includes('Hola') ? 'yes' : 'no';
        const replies: Record<string, string> = {
          judge: `{"reason": "read", "verdict": "${verdict}"}`,
          chooser: '{"reason": "first come", "better": "first"}',
        };
        const content = replies[model] ?? said;
        response.setHeader('content-type', 'application/json');
        response.end(
          JSON.stringify({
            model: `${model}-1`,
            choices: [{ message: { content } }],
            usage: { total_tokens: 7 },
          }),
        );
      });
    }).listen(0, '127.0.0.1');
    await once(provider, 'listening');
    const url = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/v1`;
    const file = join(folder, 'asked.yaml');
    writeFileSync(
      file,
      `suite: asked
version: 1
title: Asked
dataset: { rows: [{ id: a, input: Ana, expected: Hola Ana }, { id: b, input: { name: Tom }, expected: Hello Tom }] }
target: { endpoint: { url: "${url}", model: echo, prompt: "Hola {{input}}", keyFrom: ECHO_KEY } }
scorers: [{ name: exact-match }, { name: judge, criterion: Is it Spanish? }, { name: tokens }]
maxErrorRate: 1
`,
    );
    try {
      const noKey = await parlance('run', file, '--out', 'no-key');
      expect([noKey.code, noKey.printed]).toEqual([2, expect.stringContaining('ECHO_KEY is not set')]);
      process.env.ECHO_KEY = 'secret-value';
      const none = await parlance('run', file, '--out', 'no-judge');
      expect([none.code, none.printed]).toEqual([1, expect.stringContaining('--judge')]);
      const own = await parlance('run', file, '--out', 'own', '--judge', `${url}/`, '--judge-model', 'echo');
      expect([own.code, own.printed]).toEqual([2, expect.stringContaining('would judge itself')]);

      const done = await parlance('run', file, '--out', 'asked', '--judge', url, '--judge-model', 'judge');
      expect([done.code, done.printed]).toEqual([0, expect.any(String)]);
      const run = runIn('asked', 'asked');
      expect(run).toMatchObject({
        target: { name: 'echo', revision: 'echo-1' },
        counts: { rows: 2, errored: 0 },
        environment: { Judge: 'judge' },
      });
      expect(run.metrics['exact-match']?.value).toBe(0.5);
      expect(run.metrics.judge?.value).toBe(1);
      expect(run.metrics.tokens?.value).toBe(7);
      expect(readFileSync(join(folder, 'asked', 'asked', 'run.json'), 'utf8')).not.toContain('secret-value');

      await parlance('run', file, '--out', 'twin', '--judge', url, '--judge-model', 'judge');
      const by = ['--criterion', 'Which is kinder?', '--judge', url];
      const judged = await parlance(
        'prefer',
        'asked/asked',
        'twin/asked',
        ...by,
        '--judge-model',
        'chooser',
        '--json',
      );
      expect([judged.code, JSON.parse(judged.printed)]).toMatchObject([
        0,
        { counts: { a: 0, b: 0, tie: 2 } },
      ]);
    } finally {
      delete process.env.ECHO_KEY;
      provider.close();
    }
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
