import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ParlanceError, type Source } from '#contracts';
import { estimateTokens } from '#nlp';
import { createMemoryBlobs } from '../blobs/memory.ts';
import type { Database } from '../db/database.ts';
import { openMemoryDatabase } from '../db/memory.ts';
import { loadCompany } from './company.ts';
import type { DocumentReader } from './document-reader.ts';
import type { Embed } from './embedder.ts';
import { createIngestQueue, type IngestQueue } from './ingest-queue.ts';
import { createIntentStore } from './intents.ts';
import { readFile } from './read-file.ts';
import { createSearch } from './search.ts';
import { createSourceStore, type SourceStore } from './sources.ts';

// Others may be using the machine.
vi.setConfig({ testTimeout: 60_000 });

/** As the real one without a process of its own; `hold` makes a file wait. */
function fakeReader(hold: (name: string) => Promise<void> = async () => {}): DocumentReader {
  return {
    async read({ bytes, name, language }) {
      await hold(name);
      return await readFile(bytes, name, language);
    },
    close: () => {},
  };
}

/** Always the same vector: here only words tell passages apart. */
const embed: Embed = async (texts) =>
  texts.map(() => Array.from({ length: 384 }, (_, at) => (at === 0 ? 1 : 0)));
const log = { error: () => {}, info: () => {} };
const author = { tenant: 'default', actor: 'test' };

let database: Database;
beforeAll(async () => {
  database = await openMemoryDatabase();
});
afterAll(() => database?.close());

interface Rig {
  sources: SourceStore;
  queue: IngestQueue;
  blobs: ReturnType<typeof createMemoryBlobs>;
}
function rig(
  settings: { hold?: (name: string) => Promise<void>; embed?: Embed; blobs?: Rig['blobs'] } = {},
): Rig {
  const blobs = settings.blobs ?? createMemoryBlobs();
  const parts = { database, blobs, log, embed: settings.embed ?? embed, reader: fakeReader(settings.hold) };
  const queue = createIngestQueue(parts);
  return { sources: createSourceStore(parts, queue), queue, blobs };
}

async function* files(contents: Record<string, string>) {
  for (const [name, text] of Object.entries(contents)) yield { name, content: Buffer.from(text) };
}
const add = async ({ sources }: Rig, contents: Record<string, string>) =>
  sources.add(author, files(contents), 'en');

beforeEach(async () => {
  const { sources } = rig();
  for (const { id } of (await sources.list('default', {})).sources) await sources.remove(author, id);
});

describe('a restart', () => {
  /** What is left of a process that ended while it read a file. */
  async function interrupted(): Promise<{ source: Source; blobs: Rig['blobs'] }> {
    let reached: () => void = () => {};
    const reading = new Promise<void>((resolve) => {
      reached = resolve;
    });
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const first = rig({
      hold: async () => {
        reached();
        await held;
      },
    });
    const [source] = await add(first, { 'a.txt': 'The word is sesquipedalian.' });
    await reading;
    const closed = first.queue.close();
    release();
    await closed;
    return { source: source as Source, blobs: first.blobs };
  }

  it('goes on with what was being read', async () => {
    const { source, blobs } = await interrupted();
    const second = rig({ blobs });
    expect(await second.sources.get('default', source.id)).toMatchObject({ state: 'reading' });
    await second.sources.resume('default');
    await second.sources.resume('default');
    await second.queue.idle();
    expect(await second.sources.get('default', source.id)).toMatchObject({ state: 'ready', passages: 1 });
    const { hits } = await createSearch(database, embed).search('default', { query: 'sesquipedalian' });
    expect(hits.map(({ coverage }) => coverage)).toEqual([1]);
  });

  it('fails what has lost its bytes, and says what to do', async () => {
    const { source } = await interrupted();
    const second = rig();
    await second.sources.resume('default');
    await second.queue.idle();
    expect(await second.sources.get('default', source.id)).toMatchObject({
      state: 'failed',
      problem: 'The uploaded file is gone. Upload it again.',
    });
  });
});

describe('while a file is read', () => {
  it('what it said before is found, and a newer upload of it wins', async () => {
    const quick = rig();
    await add(quick, { 'a.txt': 'First version.' });
    await quick.queue.idle();
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = rig({ blobs: quick.blobs, hold: () => held });
    const [source] = await add(slow, { 'a.txt': 'Second version.' });
    const { search } = createSearch(database, embed);
    const found = async () =>
      (await search('default', { query: 'version' })).hits.map(({ passage }) => passage.text);
    expect(await found()).toEqual(['First version.']);
    await add(rig({ blobs: quick.blobs, hold: () => new Promise(() => {}) }), { 'a.txt': 'Third version.' });
    release();
    await slow.queue.idle();
    // The second was overtaken: it is neither taken nor does it settle the source, which still waits for the third.
    expect(await found()).toEqual(['First version.']);
    expect(await slow.sources.get('default', source?.id ?? '')).toMatchObject({ state: 'reading' });
    const third = rig({ blobs: quick.blobs });
    await third.sources.resume('default');
    await third.queue.idle();
    expect(await found()).toEqual(['Third version.']);
  });

  it('its removal is final', async () => {
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = rig({ hold: () => held });
    const [source] = await add(slow, { 'gone.txt': 'Never to be seen.' });
    await slow.sources.remove(author, source?.id ?? '');
    release();
    await slow.queue.idle();
    expect((await createSearch(database, embed).search('default', { query: 'seen' })).hits).toEqual([]);
    const left = [];
    for await (const blob of slow.blobs.list()) left.push(blob);
    expect(left).toEqual([]);
  });

  it('a full queue is waited for, and a fault of ours is not blamed on the file', async () => {
    let refusals = 0;
    const busy = rig({
      embed: async (texts, caller) => {
        if (refusals++ === 0)
          throw new ParlanceError('overloaded', 'Later.', { details: { retryAfter: 0.01 } });
        return embed(texts, caller);
      },
    });
    const [patient] = await add(busy, { 'patient.txt': 'Patience.' });
    await busy.queue.idle();
    expect(await busy.sources.get('default', patient?.id ?? '')).toMatchObject({ state: 'ready' });
    const broken = rig({ embed: () => Promise.reject(new TypeError('a bug')) });
    const [unlucky] = await add(broken, { 'unlucky.txt': 'No luck.' });
    await broken.queue.idle();
    const { state, problem } = await broken.sources.get('default', unlucky?.id ?? '');
    expect([state, problem]).toEqual(['failed', 'Something went wrong on our side. Upload the file again.']);
  });
});

describe('search', () => {
  it('sees what another process has changed', async () => {
    const { search } = createSearch(database, embed);
    const texts = async () =>
      (await search('default', { query: 'kept added' })).hits.map(({ passage }) => passage.text).sort();
    const other = rig();
    const [first] = await add(other, { 'a.txt': 'Kept.', 'b.txt': 'Removed.' });
    await other.queue.idle();
    expect(await texts()).toEqual(['Kept.', 'Removed.']);
    const { sources } = await other.sources.list('default', { query: 'b.txt' });
    await other.sources.remove(author, sources[0]?.id ?? '');
    await add(other, { 'c.txt': 'Added.' });
    await other.queue.idle();
    expect(await texts()).toEqual(['Added.', 'Kept.']);
    await other.sources.remove(author, first?.id ?? '');
    expect(await texts()).toEqual(['Added.']);
  });
});

describe('phrases', () => {
  const article = (about: string) => `---\n${about}---\n\n## Later\n\nSeven days.\n\n## Now\n\nBy card.`;
  const phrases = 'questions:\n  Later:\n    - money on friday\n    - wages\n';
  /** Phrases lie at a right angle to all other texts. */
  const angled: Embed = async (texts) =>
    texts.map((text) =>
      Array.from({ length: 384 }, (_, at) => (at === (/money/.test(text) ? 1 : 0) ? 1 : 0)),
    );
  const find = async () => {
    const { hits, lead } = await createSearch(database, angled).search('default', { query: 'money card' });
    return hits.map(({ passage, cosine, coverage, evidence }) => ({
      heading: passage.headings[0],
      text: passage.text,
      cosine,
      wordsCount: (evidence - cosine - lead) / coverage,
    }));
  };

  it('move the vector half way, make words count less, are not shown and go with the file', async () => {
    const here = rig({ embed: angled });
    await add(here, { 'a.md': article(phrases) });
    await here.queue.idle();
    expect(await find()).toEqual([
      {
        heading: 'Later',
        text: 'Seven days.',
        cosine: expect.closeTo(Math.SQRT1_2, 5),
        wordsCount: expect.closeTo(0.3),
      },
      { heading: 'Now', text: 'By card.', cosine: 0, wordsCount: expect.closeTo(0.5) },
    ]);
    await add(here, { 'a.md': article('') });
    await here.queue.idle();
    expect((await find()).find(({ heading }) => heading === 'Later')).toMatchObject({
      cosine: 0,
      wordsCount: Number.NaN,
    });
  });

  it('are embedded apart from the text, in blocks that the model reads to the end, each for its own passage', async () => {
    const asked: string[] = [];
    const here = rig({
      embed: async (texts, caller) => {
        asked.push(...texts);
        return angled(texts, caller);
      },
    });
    const many = Array.from({ length: 50 }, (_, at) => `    - when is my money number ${at} here\n`).join('');
    await add(here, { 'a.md': article(`title: Pay\nquestions:\n  Later:\n${many}  Now:\n    - plastic\n`) });
    await here.queue.idle();
    expect(asked.slice(0, 2)).toEqual(['Pay › Later\nSeven days.', 'Pay › Now\nBy card.']);
    expect(asked.slice(2).length).toBeGreaterThan(1);
    for (const text of asked.slice(2)) expect(estimateTokens(text, 'en')).toBeLessThanOrEqual(200);
    expect(
      asked
        .slice(2)
        .join()
        .match(/number \d+/g),
    ).toHaveLength(50);
    expect(asked.at(-1)).toBe('plastic');
    const cosines = new Map((await find()).map(({ heading, cosine }) => [heading, cosine]));
    expect(cosines).toEqual(
      new Map([
        ['Later', expect.closeTo(Math.SQRT1_2, 5)],
        ['Now', 0],
      ]),
    );
  });
});

describe('the sample company', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parlance-company-'));
    await mkdir(join(folder, 'articles', 'en'), { recursive: true });
    await writeFile(
      join(folder, 'articles', 'en', 'a.md'),
      '---\ntitle: A\nlanguage: en\n---\n\n## H\n\nText.',
    );
    await writeFile(join(folder, 'articles', 'en', 'notes.bak'), 'no document');
    const yaml =
      'intents:\n  - name: x\n    description: D\n    action: handoff\n    examples: { en: [help] }\n';
    await writeFile(join(folder, 'intents.yaml'), yaml);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('is loaded once ever: what is removed stays removed', async () => {
    const { sources, queue } = rig();
    const intents = createIntentStore(database);
    const parts = { database, sources, intents, queue, log };
    expect(await loadCompany(parts, 'default', folder)).toBe(true);
    const loaded = (await sources.list('default', {})).sources;
    expect(loaded.map(({ name, state }) => [name, state])).toEqual([['en/a.md', 'ready']]);
    expect(await intents.list('default')).toMatchObject([{ name: 'x', action: { kind: 'handoff' } }]);
    await sources.remove(author, loaded[0]?.id ?? '');
    expect(await loadCompany(parts, 'default', folder)).toBe(false);
    expect((await sources.list('default', {})).sources).toEqual([]);
  });
});
