import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ModelStore } from '#inference';
import { type FakeHub, type Fault, startHub } from '../../../test/fixtures/hub.ts';
import { readPulled, removePulled } from '../cache.ts';
import { type Hub, openHub } from './connection.ts';
import { type PullOptions, pullModel } from './pull.ts';
import { waitOf } from './refusals.ts';
import { nextOf } from './repository.ts';

const fixtures = join(import.meta.dirname, '../../../test/fixtures/model-folder');
const id = 'acme/big';
const graph = 'onnx/model.onnx';

/** Answers requests whose path ends so, the first `times` of them. */
const faultAt =
  (
    end: string,
    act: (response: ServerResponse, range: string | undefined) => void,
    times = Infinity,
  ): Fault =>
  ({ url, headers }, response) => {
    if (!url?.endsWith(end) || times-- <= 0) return undefined;
    act(response, headers.range);
    return 'answered';
  };

describe('pulling a model from a hub', () => {
  let models: string;
  let root: string;
  let fake: FakeHub;
  let elsewhere: FakeHub;
  let hub: Hub;
  let weights: Buffer;
  let progress: { totalBytes: number; doneBytes: number }[];

  beforeAll(async () => {
    models = await mkdtemp(join(tmpdir(), 'parlance-hub-'));
    await cp(join(fixtures, 'acme/tiny-embedder'), join(models, id), { recursive: true });
    // Large enough to be cut in two; onnxruntime is not asked to read it.
    weights = Buffer.alloc(200_000, 'weights ');
    await writeFile(join(models, id, graph), weights);
    [fake, elsewhere] = await Promise.all([startHub(models), startHub(models)]);
    const proxy = { http: undefined, https: undefined, none: undefined };
    hub = openHub({ endpoint: fake.url, token: 'secret', proxy }, { connect: 1000, silence: 400 });
  });
  afterAll(async () => {
    await hub.close();
    await Promise.all([fake.stop(), elsewhere.stop()]);
    await rm(models, { recursive: true });
  });
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'parlance-pulled-'));
    progress = [];
    for (const each of [fake, elsewhere]) {
      each.fault = () => undefined;
      each.listing = (entry) => entry;
      each.requests.length = 0;
    }
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const pull = (options: Partial<PullOptions> = {}, task?: 'embeddings' | 'sentiment') =>
    pullModel(
      hub,
      { id, revision: 'main', task },
      {
        ...{ root, retryMs: 1, signal: new AbortController().signal },
        onProgress: (each) => progress.push(each),
        ...options,
      },
    );
  const asked = (end: string) => fake.requests.filter(({ path }) => path.endsWith(end));

  test('gives a model that is pinned to its commit, checked, and there without the hub', async () => {
    const card = await pull();
    expect(card).toMatchObject({
      id,
      revision: fake.commit,
      source: 'hub',
      task: 'embeddings',
      dimensions: 8,
    });
    const { cards, unusable } = await readPulled(root);
    expect([cards, unusable]).toEqual([[card], []]);
    await new ModelStore({ hub: root }).verify(card);
    expect(progress.at(-1)).toMatchObject({ doneBytes: progress.at(-1)?.totalBytes });
    expect(fake.requests.every(({ authorization }) => authorization === 'Bearer secret')).toBe(true);
    const before = fake.requests.length;
    expect(await pull()).toEqual(card);
    expect(fake.requests.length - before).toBe(2);
    await removePulled(root, id);
    expect((await readPulled(root)).cards).toEqual([]);
  });

  test('a connection that is cut is taken up where it broke off', async () => {
    const cut = (response: ServerResponse) => {
      response.writeHead(200, { 'content-length': weights.length });
      response.write(weights.subarray(0, 70_000), () => setTimeout(() => response.destroy(), 20));
    };
    fake.fault = faultAt(graph, cut, 1);
    await new ModelStore({ hub: root }).verify(await pull());
    const [, again] = asked(graph);
    expect(Number(/bytes=(\d+)-/.exec(again?.range ?? '')?.[1])).toBeGreaterThan(0);
  });

  test('a pull that failed is taken up by the next, also where the hub cannot go on', async () => {
    const cut = (response: ServerResponse) => {
      response.writeHead(200, { 'content-length': weights.length });
      response.write(weights.subarray(0, 70_000), () => setTimeout(() => response.destroy(), 20));
    };
    const leaving = new AbortController();
    fake.fault = faultAt(graph, (response) => {
      cut(response);
      setTimeout(() => leaving.abort(), 10);
    });
    await expect(pull({ signal: leaving.signal })).rejects.toMatchObject({ code: 'cancelled' });
    expect((await readPulled(root)).cards).toEqual([]);
    const whole = (response: ServerResponse) => response.writeHead(200).end(weights);
    fake.fault = faultAt(graph, whole);
    await new ModelStore({ hub: root }).verify(await pull());
    expect(asked('/tokenizer.json')).toHaveLength(1);
  });

  test('what an earlier try left and was wrong is brought anew', async () => {
    const wrong = (response: ServerResponse) => {
      response.writeHead(200, { 'content-length': weights.length });
      response.write(Buffer.alloc(50_000, 'x'), () => setTimeout(() => response.destroy(), 20));
    };
    fake.fault = faultAt(graph, wrong, 1);
    await new ModelStore({ hub: root }).verify(await pull());
  });

  test('is patient with a hub that is busy or at fault, for as long as it says', async () => {
    let times = 0;
    fake.fault = faultAt(
      graph,
      (response) => response.writeHead(times++ ? 503 : 429, { 'retry-after': '0' }).end(),
      3,
    );
    await pull();
    expect(asked(graph)).toHaveLength(4);
    await rm(root, { recursive: true });
    fake.fault = faultAt(graph, (response) => response.writeHead(429, { 'retry-after': '3600' }).end());
    await expect(pull()).rejects.toMatchObject({ code: 'provider_failed', details: { retryAfter: 3600 } });
    fake.fault = faultAt(graph, (response) => response.writeHead(500).end());
    await expect(pull()).rejects.toMatchObject({ code: 'provider_failed', message: /fault/ });
  });

  test('a hub that says nothing for long is given up', async () => {
    fake.fault = faultAt(graph, (response) => {
      response.writeHead(200, { 'content-length': weights.length });
      response.write('w');
    });
    await expect(pull()).rejects.toMatchObject({ code: 'provider_failed', message: /Nothing comes/ });
    expect(asked(graph)).toHaveLength(5);
  });

  test('the token stays with the hub when it leads elsewhere', async () => {
    fake.fault = ({ url = '' }, response) => {
      if (!url.endsWith(graph)) return undefined;
      response.writeHead(302, { location: elsewhere.url + url }).end();
      return 'answered';
    };
    await new ModelStore({ hub: root }).verify(await pull());
    expect(elsewhere.requests.map(({ authorization }) => authorization)).toEqual([undefined]);
  });

  test.each([
    ['round in circles', { location: '/acme/big/resolve/x' }, /without end/],
    ['to a file of this machine', { location: 'file:///etc/passwd' }, /not safe/],
    ['nowhere', {}, /302/],
  ])('a hub that leads %s is not followed', async (_, headers, message) => {
    fake.fault = ({ url = '' }, response) => {
      if (!url.includes('/resolve/')) return undefined;
      response.writeHead(302, headers).end();
      return 'answered';
    };
    await expect(pull()).rejects.toMatchObject({ code: 'provider_failed', message });
  });

  test.each([
    [401, {}, 'provider_failed', /HF_TOKEN/],
    [403, { 'x-error-code': 'GatedRepo' }, 'provider_failed', /HF_TOKEN/],
    [404, { 'x-error-code': 'RepoNotFound' }, 'not_found', /no such model/],
    [404, { 'x-error-code': 'RevisionNotFound' }, 'not_found', /revision/],
    [418, {}, 'provider_failed', /418/],
  ])('an answer of %i %j is told in words', async (status, headers, code, message) => {
    fake.fault = (_, response) => {
      response.writeHead(status, headers).end('x'.repeat(100));
      return 'answered';
    };
    await expect(pull()).rejects.toMatchObject({ code, message });
    expect(fake.requests).toHaveLength(1);
  });

  describe('of a hub that lies', () => {
    test.each([
      ['a longer file than it lists', (size: number) => ({ size: size - 1 }), /lists .* and sends/],
      ['a shorter file than it lists', (size: number) => ({ size: size + 1 }), /lists .* and sends/],
      ['other content', () => ({ oid: '0'.repeat(64) }), /content/],
    ])('%s is refused', async (_, lie, message) => {
      fake.listing = (entry) => (entry.lfs ? { ...entry, lfs: { ...entry.lfs, ...lie(entry.size) } } : entry);
      await expect(pull()).rejects.toMatchObject({ code: 'provider_failed', message });
      expect((await readPulled(root)).cards).toEqual([]);
    });

    test('small files are checked as well', async () => {
      fake.fault = faultAt('tokenizer.json', (response) => response.writeHead(200).end('{}'.padEnd(2173)));
      await expect(pull()).rejects.toMatchObject({ code: 'provider_failed', message: /tokenizer\.json/ });
    });

    test('a body without end is not read to its end', async () => {
      let sent = 0;
      fake.fault = faultAt(graph, (response) => {
        response.writeHead(200);
        const more = () => {
          while (!response.destroyed && response.write(Buffer.alloc(65_536))) sent += 65_536;
        };
        response.on('drain', more);
        more();
      });
      await expect(pull()).rejects.toMatchObject({ code: 'provider_failed', message: /more of/ });
      expect(sent).toBeLessThan(50e6);
    });

    test('a listing without end, or of something else, is not read either', async () => {
      fake.fault = faultAt('recursive=true', (response) =>
        response.writeHead(200, { link: `<${fake.url}/next?recursive=true>; rel="next"` }).end('[]'),
      );
      await expect(pull()).rejects.toMatchObject({ message: /more files/ });
      fake.fault = faultAt('recursive=true', (response) =>
        response.writeHead(200, { link: '<ftp://far/next>; rel="next"' }).end('[]'),
      );
      await expect(pull()).rejects.toMatchObject({ message: /not safe/ });
      fake.fault = faultAt('recursive=true', (response) => response.end(`[${' '.repeat(10e6)}]`));
      await expect(pull()).rejects.toMatchObject({ message: /more files/ });
      fake.fault = faultAt('recursive=true', (response) => response.end('<html>'));
      await expect(pull()).rejects.toMatchObject({ message: /HF_ENDPOINT/ });
    });

    test('names that lead out of the folder are left alone, and a card of its own is not listened to', async () => {
      const card = { path: 'parlance.json', type: 'file', size: 2, oid: '0'.repeat(40) };
      fake.listing = (entry) =>
        entry.path === 'README.md'
          ? [
              entry,
              card,
              { ...entry, path: 'onnx/model.onnx_data/../../../../escaped' },
              { ...entry, path: '/etc/1_Pooling/config.json' },
            ]
          : entry;
      await pull();
      expect(fake.requests.some(({ path }) => /escaped|etc|parlance\.json/.test(path))).toBe(false);
    });
  });

  test('a disk that is full is said to be, and what was brought is not left to fill it', async () => {
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC', syscall: 'write' });
    const sink = () => new Writable({ write: (_chunk, _encoding, done) => done(full) });
    await expect(pull({ sink })).rejects.toMatchObject({ code: 'storage_full' });
    await expect(
      readFile(join(root, '.partial', `acme--big@${fake.commit}`, 'config.json')),
    ).rejects.toThrow();
  });

  test('a model for something else than it is wanted for is not brought', async () => {
    await expect(pull({}, 'sentiment')).rejects.toMatchObject({ code: 'unsupported', message: /embeddings/ });
    expect(asked(graph)).toHaveLength(0);
  });
});

describe('what a hub says in headers', () => {
  test('waits are seconds or a date, and never in the past or nonsense', () => {
    expect(waitOf('7')).toBe(7000);
    expect(waitOf('Thu, 01 Jan 1970 00:00:09 GMT', 4000)).toBe(5000);
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double().map(String)), (value) => {
        const wait = waitOf(value);
        expect(wait === undefined || (Number.isFinite(wait) && wait >= 0)).toBe(true);
      }),
    );
  });

  test('the next page is the one that is called so', () => {
    expect(nextOf('<http://a/1>; rel="prev", <http://a/2?x=1,2>; rel="next"')).toBe('http://a/2?x=1,2');
    expect(nextOf('<http://a/1>; rel="last"')).toBeUndefined();
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), (url) => {
        expect(nextOf(`<http://a/1>; rel="first", <${url}>; title="x"; rel=next`)).toBe(url);
      }),
    );
    fc.assert(fc.property(fc.string(), (value) => void nextOf(value)));
  });
});
