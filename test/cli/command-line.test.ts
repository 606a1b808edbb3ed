import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadConfig, type Running, serve } from '#services';
import { prepareFolder } from '../../services/db/memory.ts';
import { quickStart } from '../fixtures/quick-start.ts';

// Every step here starts a process, and some open a database: on a slow machine that takes a while.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });
const severalDatabases = 240_000;

const program = fileURLToPath(new URL('../../bin/parlance.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'parlance-cli-'));
const file = (name: string, content: string | Buffer) => {
  writeFileSync(join(folder, name), content);
  return name;
};

interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs `parlance` as a person would, in a folder of its own, on the fake engine. With `input` null its input stays open. */
function parlance(
  args: string[],
  { input = '', env = {} }: { input?: string | null; env?: Record<string, string> } = {},
) {
  const child = spawn(process.execPath, [...quickStart, program, ...args], {
    cwd: folder,
    env: {
      ...process.env,
      PARLANCE_ENGINE: 'fake',
      PARLANCE_WORKERS: '1',
      PARLANCE_DATA_DIR: join(folder, 'data'),
      // Nothing listens here, so that no server of the machine is found by chance.
      PARLANCE_PORT: '1',
      ...env,
    },
  });
  const outcome: Outcome = { code: null, stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => {
    outcome.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    outcome.stderr += text;
  });
  child.stdin.on('error', () => {});
  if (input !== null) child.stdin.end(input);
  const done = new Promise<Outcome>((resolve) => child.on('close', (code) => resolve({ ...outcome, code })));
  return { child, done, outcome };
}

const run = (args: string[], settings?: Parameters<typeof parlance>[1]) => parlance(args, settings).done;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('parlance sentiment, in its own process', () => {
  it('appends its columns to a CSV file and keeps what was there', async () => {
    const name = file('reviews.csv', '\uFEFFid,text\r\n1,"Great, ""really"" great"\r\n2,"two\nlines"\r\n');
    const { code, stdout, stderr } = await run(['sentiment', name, '--column', 'text']);
    expect(stderr).toContain('2 rows');
    expect(code).toBe(0);
    const [header, first] = stdout.split('\n');
    expect(header).toBe('id,text,sentiment_label,sentiment_score,negative,neutral,positive,error');
    expect(first).toMatch(/^1,"Great, ""really"" great",(negative|neutral|positive),-?\d/);
  });

  it('writes JSON with sentences and spans when asked, into a file', async () => {
    const name = file('reviews.jsonl', '{"body":"Fine. And then not.","n":1}\n');
    const args = [
      'sentiment',
      name,
      '-c',
      'body',
      '--sentences',
      '--explain',
      '--json',
      '-o',
      'out.json',
      '-q',
    ];
    expect(await run(args)).toEqual({ code: 0, stdout: '', stderr: '' });
    const [row] = JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8'));
    expect(row).toMatchObject({ body: 'Fine. And then not.', n: 1 });
    expect(row.sentences).toHaveLength(2);
    expect(row.spans.length).toBeGreaterThan(0);
  });

  it('reads lines from a pipe and shows a table', async () => {
    const { code, stdout } = await run(['sentiment', '-f', 'table', '-q'], { input: 'first\n\nsecond\n' });
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(3);
  });

  it('summarizes a file as one text, and conversations with what came of them', async () => {
    const report = file('report.txt', 'One thing happened.\nAnother followed it.\nIt rained.');
    const document = ['summarize', report, '--input-format', 'document', '--sentences', '2', '--json', '-q'];
    const [whole] = JSON.parse((await run(document)).stdout);
    expect(whole.text).toContain('It rained.');
    expect(whole.sentences).toHaveLength(2);
    const calls = file(
      'calls.jsonl',
      JSON.stringify({ call: 'Customer: I want a refund.\nAgent: I have refunded it.' }),
    );
    const { stdout, code } = await run(['summarize', calls, '-c', 'call', '--conversation', '-q']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).conversation.done.text).toBe('I have refunded it.');
    expect(await run(['summarize', report, '--sentences', '0'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('/sentences'),
    });
  });

  it('ends with 3 when a row fails, and says which', async () => {
    const { code, stdout } = await run(['sentiment', file('gaps.csv', 'text,n\nfine,1\n,2\n'), '-q']);
    expect(code).toBe(3);
    expect(stdout).toMatch(/\n,2,,,,,,invalid_input: /);
  });

  it.each([
    ['an unknown verb', ['sentimant'], /unknown command.*Did you mean sentiment/s],
    ['an unknown format', ['sentiment', '-f', 'xml'], /Allowed choices/],
    ['a missing file', ['sentiment', 'nowhere.csv'], /no file nowhere\.csv/],
    ['an unknown extension', ['sentiment', file('a.xlsx', 'x')], /--input-format/],
    ['a missing column', ['sentiment', file('b.csv', 'id,Text\n1,a\n'), '-c', 'text'], /"id", "Text"/],
    [
      'broken UTF-8',
      ['sentiment', file('c.csv', Buffer.from([0x74, 0x0a, 0xff, 0x0a])), '-c', 't'],
      /byte 2, line 2/,
    ],
    [
      'an output that is the input',
      ['sentiment', file('d.csv', 'text\na\n'), '-o', 'd.csv'],
      /the input itself/,
    ],
    ['a broken environment', ['demo'], /PARLANCE_PORT/],
  ])('ends with 2 for %s', async (name, args, words) => {
    const env: Record<string, string> = name === 'a broken environment' ? { PARLANCE_PORT: 'many' } : {};
    const { code, stderr } = await run(args, { env });
    expect(stderr).toMatch(words);
    expect(code).toBe(2);
  });

  it('leaves whole rows behind when it is interrupted', async () => {
    const name = file(
      'long.csv',
      `text\n${'some words to look at, and more\n'.replace(',', '').repeat(200_000)}`,
    );
    const running = parlance(['sentiment', name, '-o', 'part.csv']);
    await expect.poll(() => lines('part.csv'), { timeout: 80_000 }).toBeGreaterThan(10);
    running.child.kill('SIGINT');
    const { code, stderr } = await running.done;
    expect(code).toBe(130);
    const written = Number(/([\d,]+) rows were written/.exec(stderr)?.[1]?.replaceAll(',', ''));
    expect(lines('part.csv')).toBe(written + 1);
    expect(written).toBeLessThan(200_000);
    expect(readFileSync(join(folder, 'part.csv'), 'utf8').endsWith('\n')).toBe(true);
  });
});

describe.skipIf(process.platform !== 'linux')('when its only worker is killed', () => {
  it('starts another and loses no row', async () => {
    const texts = Array.from({ length: 3000 }, (_, index) => `text number ${index}`);
    const running = parlance(['sentiment', '--quiet'], { input: null });
    running.child.stdin.write(`${texts.slice(0, 2000).join('\n')}\n`);
    await expect.poll(() => running.outcome.stdout.length, { timeout: 80_000 }).toBeGreaterThan(0);
    process.kill(workerOf(running.child.pid), 'SIGKILL');
    running.child.stdin.end(texts.slice(2000).join('\n'));
    const { code, stdout, stderr } = await running.done;
    const rows = stdout.trimEnd().split('\n').slice(1);
    expect({ code, stderr, rows: rows.length }).toEqual({ code: 0, stderr: '', rows: texts.length });
    expect(rows.map((row) => row.split(',')[0])).toEqual(texts);
  });
});

describe('the other verbs', { timeout: severalDatabases }, () => {
  let keys: unknown;

  it('make, list and revoke keys in a free data folder', async () => {
    const created = await run([
      'keys',
      'create',
      '--name',
      'first',
      '--scopes',
      'inference',
      'chat',
      '--json',
    ]);
    const key = JSON.parse(created.stdout);
    expect(key).toMatchObject({
      name: 'first',
      scopes: ['inference', 'chat'],
      secret: expect.stringMatching(/^plk_/),
    });
    expect((await run(['keys', 'revoke', key.id])).code).toBe(0);
    const listed = JSON.parse((await run(['keys', 'list', '--json'])).stdout);
    expect(listed.keys).toMatchObject([{ id: key.id, revokedAt: expect.any(String) }]);
    expect(JSON.stringify(listed)).not.toContain(key.secret);
    keys = listed.keys;
  });

  it('invite the first admin of a server that has nobody yet, and list who came', async () => {
    const env = { PARLANCE_DATA_DIR: join(folder, 'people'), PARLANCE_HOST: '0.0.0.0', PARLANCE_PORT: '1' };
    expect(await run(['people', 'invite', 'nobody', '--role', 'admin'], { env })).toMatchObject({ code: 2 });
    expect(await run(['people', 'invite', 'a@b.example', '--role', 'king'], { env })).toMatchObject({
      code: 2,
    });
    await prepareFolder(env.PARLANCE_DATA_DIR);
    const invited = await run(['people', 'invite', 'Ann@Shop.example', '--role', 'admin'], { env });
    expect(invited).toMatchObject({ code: 0, stderr: expect.stringContaining('ann@shop.example (admin)') });
    expect(invited.stdout).toMatch(/^http:\/\/127\.0\.0\.1:1\/invitation\/pli_[\w-]{43}\n$/);

    // Somebody has a way in now, so the server starts on its public address; there they accept.
    const server = await serve(
      loadConfig({
        ...env,
        PARLANCE_HOST: '127.0.0.1',
        PARLANCE_ALLOWED_HOSTS: 'chat.example',
        PARLANCE_PORT: '0',
        PARLANCE_ENGINE: 'fake',
        PARLANCE_WORKERS: '1',
        PARLANCE_LOG_LEVEL: 'silent',
      }),
    );
    const token = invited.stdout.trim().split('/').at(-1);
    const accepted = await fetch(`${server.url}/api/v1/people/invitations/${token}/accept`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Ann', password: 'a long enough password' }),
    });
    expect(accepted.status).toBe(200);
    await server.stop();
    const { users } = JSON.parse((await run(['people', 'list', '--json'], { env })).stdout);
    expect(users).toMatchObject([{ name: 'Ann', email: 'ann@shop.example', roles: ['admin'] }]);
    expect((await run(['people', 'list'], { env })).stdout).toContain('ann@shop.example');
  });

  it('back up and restore, without overwriting anything unasked', async () => {
    const elsewhere = { env: { PARLANCE_DATA_DIR: join(folder, 'restored') } };
    expect(await run(['backup', 'all.tar.gz'])).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('MB'),
    });
    expect((await run(['backup', 'all.tar.gz'])).code).toBe(1);
    expect((await run(['restore', 'all.tar.gz'], elsewhere)).code).toBe(0);
    expect(JSON.parse((await run(['keys', 'list', '--json'], elsewhere)).stdout)).toEqual({ keys });
    expect(await run(['restore', 'all.tar.gz'], elsewhere)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--force'),
    });
  });

  it('back nothing up where there is nothing, and leave nothing behind', async () => {
    const dataDir = join(folder, 'empty');
    mkdirSync(dataDir);
    const env = { PARLANCE_DATA_DIR: dataDir };
    const { code, stderr } = await run(['backup', 'nothing.tar.gz'], { env });
    expect(stderr).toContain(`no database in ${dataDir}`);
    expect(code).toBe(1);
    expect(readdirSync(dataDir)).toEqual([]);
    expect(existsSync(join(folder, 'nothing.tar.gz'))).toBe(false);
  });

  it('end quietly when nobody reads what they print', async () => {
    const running = parlance(['models', 'list']);
    running.child.stdout.destroy();
    expect(await running.done).toEqual({ code: 1, stdout: '', stderr: '' });
  });

  it('list the models, verify them, and show a demonstration', async () => {
    const { models } = JSON.parse((await run(['models', 'list', '--json'])).stdout);
    expect(models.map((model: { task: string }) => model.task)).toContain('sentiment');
    const verified = await run(['models', 'verify']);
    expect(verified).toMatchObject({ code: 0, stdout: expect.stringContaining('whole') });
    const demo = await run(['demo', '--json']);
    expect(JSON.parse(demo.stdout).results.length).toBeGreaterThan(3);
  });

  it('print a version and a help page', async () => {
    expect((await run(['version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(await run(['--help'])).toMatchObject({ code: 0, stdout: expect.stringContaining('sentiment') });
  });
});

describe('with a running server', { timeout: severalDatabases }, () => {
  let server: Running;
  let admin: string;

  beforeAll(async () => {
    await prepareFolder(join(folder, 'server'));
    const environment = {
      PARLANCE_PORT: '0',
      PARLANCE_ENGINE: 'fake',
      PARLANCE_WORKERS: '1',
      PARLANCE_AUTH: 'keys',
      PARLANCE_DATA_DIR: join(folder, 'server'),
      PARLANCE_LOG_LEVEL: 'silent',
    };
    server = await serve(loadConfig(environment));
    const author = { tenant: 'default', actor: 'test' };
    const request = { name: 'admin', scopes: ['admin' as const], ratePerMinute: null, expiresInDays: null };
    admin = (await server.services.keys.create(author, request)).secret ?? '';
    await server.ready;
  });

  afterAll(() => server.stop());

  it('has the work done there', async () => {
    const env = { PARLANCE_URL: server.url, PARLANCE_API_KEY: admin };
    const { code, stderr, stdout } = await run(['sentiment'], { input: 'fine\n', env });
    expect(stderr).toContain(`by ${server.url}`);
    expect(stdout).toMatch(/^text,sentiment_label/);
    expect(code).toBe(0);
  });

  it('goes through it for keys, on the folder that it holds', async () => {
    const args = ['keys', 'list', '--json', '--server', server.url, '--api-key', admin];
    const { stdout } = await run(args, { env: { PARLANCE_DATA_DIR: join(folder, 'server') } });
    expect(JSON.parse(stdout).keys).toHaveLength(1);
    const invited = await run(['people', 'invite', 'ann@shop.example', ...args.slice(2)]);
    expect(JSON.parse(invited.stdout)).toMatchObject({ email: 'ann@shop.example', roles: ['agent'] });
    expect(await run(['keys', 'revoke', 'key_nobody', ...args.slice(3)])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no key'),
    });
  });

  it('carries out a job over a file, which is followed and read from here', async () => {
    const at = ['--server', server.url, '--api-key', admin];
    const name = file('job.csv', 'id;body\n1;fine\n2;\n');
    const wanted = ['-t', 'sentiment', '-c', 'body', '--delimiter', ';', '--carry', 'id', '--wait', '--json'];
    const submitted = await run(['batch', 'submit', name, ...wanted, ...at]);
    expect(submitted.code).toBe(3);
    const job = JSON.parse(submitted.stdout);
    expect(job).toMatchObject({ state: 'done', rows: { total: 2, done: 2, failed: 1 } });
    expect((await run(['batch', 'list', ...at])).stdout).toContain('2 of 2');
    const { stdout } = await run(['batch', 'results', job.id, ...at]);
    expect(stdout.split('\n')[0]).toMatch(/^id;sentiment_label;/);
    expect((await run(['batch', 'submit', name, '-t', 'sentiment'])).stderr).toContain('parlance serve');
  });

  it('is backed up while it runs, into an archive that restores', async () => {
    const args = ['backup', 'live.tar.gz', '--server', server.url, '--api-key', admin];
    expect((await run(args)).code).toBe(0);
    const env = { PARLANCE_DATA_DIR: join(folder, 'from-live') };
    expect(await run(['restore', 'live.tar.gz'], { env })).toMatchObject({ code: 0 });
    expect((await run(['backup', 'other.tar.gz', '--server', server.url])).code).toBe(1);
    expect(existsSync(join(folder, 'other.tar.gz'))).toBe(false);
    expect(await run(['backup', 'nowhere/live.tar.gz', ...args.slice(2)])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('There is no folder nowhere'),
    });
  });

  it('says which key is missing, and when nothing answers', async () => {
    const refused = await run(['sentiment', '--server', server.url], { input: 'fine\n' });
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('--api-key') });
    const absent = await run(['sentiment', '--server', 'http://127.0.0.1:1'], { input: 'fine\n' });
    expect(absent).toMatchObject({ code: 1, stderr: expect.stringContaining('No Parlance server answers') });
  });
});

function lines(name: string): number {
  try {
    return readFileSync(join(folder, name), 'utf8').split('\n').length - 1;
  } catch {
    return 0;
  }
}

/** The worker process of a `parlance`: the child of it that runs the worker's script. */
function workerOf(parent: number | undefined): number {
  const read = (pid: string, name: string) => {
    try {
      return readFileSync(`/proc/${pid}/${name}`, 'utf8');
    } catch {
      return '';
    }
  };
  const isWorker = (pid: string) =>
    read(pid, 'status').includes(`\nPPid:\t${parent}\n`) && read(pid, 'cmdline').includes('inference-worker');
  return Number(readdirSync('/proc').find(isWorker));
}
