import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ParlanceClient } from '#client';
import {
  gapList,
  intentList,
  passageList,
  type Source,
  searchResponse,
  source,
  sourceList,
} from '#contracts';
import { startServer, type TestServer } from './server.ts';

// Every file is read in a process that has to start first.
vi.setConfig({ testTimeout: 90_000 });

let server: TestServer;
let client: ParlanceClient;
beforeAll(async () => {
  server = await startServer();
  client = new ParlanceClient({ baseUrl: server.url });
});
afterAll(() => server?.stop());

const article = (fee: string) =>
  `---\ntitle: Bills\nlanguage: en\nsection: Billing\nquestions:\n  Late fee:\n    - what is this penalty\n---\n\n## Late fee\n\nThe late fee is ${fee}.\n\n## Paper bill\n\nA paper bill costs €1.50 a month.\n`;

const upload = (name: string, content: string | Uint8Array) =>
  client.knowledge.sources.upload(new Blob([content as string]), name);

/** A source once it is read. */
async function settled({ id }: Source): Promise<Source> {
  await expect
    .poll(async () => (await client.knowledge.sources.get(id)).state, { timeout: 60_000, interval: 50 })
    .not.toBe('reading');
  return source.strict().parse(await client.knowledge.sources.get(id));
}

describe('documents', () => {
  test('are stored at once, read in the background and found by their words', async () => {
    const taken = await upload('en/bills.md', article('€6'));
    expect(taken).toMatchObject({ name: 'en/bills.md', state: 'reading' });
    expect(await settled(taken)).toMatchObject({
      title: 'Bills',
      section: 'Billing',
      language: 'en',
      kind: 'markdown',
      state: 'ready',
      problem: null,
      passages: 2,
    });
    const passages = await client.knowledge.sources.passages(taken.id);
    passageList.parse({ passages });
    expect(passages.map(({ headings, text }) => [headings, text])).toEqual([
      [['Late fee'], 'The late fee is €6.'],
      [['Paper bill'], 'A paper bill costs €1.50 a month.'],
    ]);
    expect(await client.knowledge.passage(passages[0]?.id ?? '')).toEqual(passages[0]);
    const found = searchResponse
      .strict()
      .parse(await client.knowledge.search({ query: 'late fees', language: 'en' }));
    expect(found.hits[0]).toMatchObject({ passage: { id: passages[0]?.id }, textRank: 1, coverage: 1 });
    // The words of the questions given to a section count as its own.
    const asked = await client.knowledge.search({ query: 'penalty' });
    expect(asked.hits[0]).toMatchObject({ passage: { id: passages[0]?.id }, coverage: 1 });
  });

  test('of the same name replace what was there, and until then it is found', async () => {
    const first = await settled(await upload('en/replaced.md', '# Colours\n\nThe hub is turquoise.'));
    const [old] = await client.knowledge.sources.passages(first.id);
    const second = await upload('en/replaced.md', '# Colours\n\nThe hub is vermilion.');
    expect(second.id).toBe(first.id);
    await settled(second);
    expect((await client.knowledge.search({ query: 'turquoise' })).hits[0]?.coverage).toBe(0);
    expect((await client.knowledge.search({ query: 'vermilion' })).hits[0]?.coverage).toBe(1);
    await expect(client.knowledge.passage(old?.id ?? '')).rejects.toMatchObject({ code: 'not_found' });
  });

  test('with the same bytes are left as they are', async () => {
    const first = await settled(await upload('same.txt', 'Nothing changes here.'));
    const again = await upload('same.txt', 'Nothing changes here.');
    expect(again).toEqual(first);
  });

  test('that cannot be read keep what was there before and say what to do', async () => {
    const first = await settled(await upload('kept.txt', 'The kept word is saxifrage.'));
    const failed = await settled(await upload('kept.txt', new Uint8Array([0x48, 0, 0, 1, 2, 3])));
    expect(failed).toMatchObject({ id: first.id, state: 'failed', passages: 1 });
    expect(failed.problem).toMatch(/Upload .md.* What it said before is still in use\./);
    expect((await client.knowledge.search({ query: 'saxifrage' })).hits[0]?.coverage).toBe(1);
    expect(await settled(await upload('kept.txt', 'The kept word is saxifrage.'))).toMatchObject({
      state: 'ready',
      problem: null,
    });
  });

  test('leave no bytes behind once they are read', async () => {
    await server.running.services.knowledge.idle();
    const left = [];
    for await (const blob of server.running.services.blobs.list()) left.push(blob);
    expect(left).toEqual([]);
  });

  test('come many at once, are listed page by page and filtered', async () => {
    const form = new FormData();
    for (let at = 0; at < 105; at++)
      form.append('file', new Blob([`Word${at} stands here.`]), `many/${String(at).padStart(3, '0')}.txt`);
    form.append('file', new Blob(['El módem está en el salón y la luz parpadea.']), 'es/señal.txt');
    const answer = await fetch(`${server.url}/api/v1/knowledge/sources?language=en`, {
      method: 'POST',
      body: form,
    });
    expect(answer.status).toBe(202);
    const { sources } = (await answer.json()) as { sources: Source[] };
    expect(sources).toHaveLength(106);
    expect(sources[105]?.name).toBe('es/señal.txt');
    await server.running.services.knowledge.idle();
    const first = sourceList.strict().parse(await client.knowledge.sources.list({ query: 'many/' }));
    expect(first.sources).toHaveLength(100);
    const rest = await client.knowledge.sources.list({ query: 'many/', after: first.next ?? '' });
    expect([...first.sources, ...rest.sources].map(({ name }) => name)).toEqual(
      sources.slice(0, 105).map(({ name }) => name),
    );
    expect(rest.next).toBeNull();
    expect((await client.knowledge.sources.list({ query: '100%_\\' })).sources).toEqual([]);
    expect((await client.knowledge.sources.list({ language: 'fr' })).sources).toEqual([]);
  });

  test('are removed with their passages', async () => {
    const gone = await settled(await upload('gone.txt', 'The word is zeugma.'));
    await client.knowledge.sources.remove(gone.id);
    await expect(client.knowledge.sources.get(gone.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(client.knowledge.sources.remove(gone.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(client.knowledge.sources.passages(gone.id)).rejects.toMatchObject({ code: 'not_found' });
    expect((await client.knowledge.search({ query: 'zeugma' })).hits[0]?.coverage).toBe(0);
  });

  test('without a declared language get the one they are written in', async () => {
    const spanish = await settled(
      await upload(
        'idioma.txt',
        'La factura llega el primer día de cada mes y se paga por domiciliación bancaria.',
      ),
    );
    expect(spanish.language).toBe('es');
    const found = await client.knowledge.search({ query: '¿cuándo llegan las facturas?', limit: 50 });
    expect(found.hits.find(({ passage }) => passage.sourceId === spanish.id)?.coverage).toBeGreaterThan(0.5);
  });
});

describe('a form', () => {
  const post = (body: string | FormData, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/api/v1/knowledge/sources`, { method: 'POST', body, headers });

  test.each([
    ['JSON', '{}', { 'content-type': 'application/json' }],
    ['a form of another kind', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }],
    [
      'a form that breaks off',
      '--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhalf',
      { 'content-type': 'multipart/form-data; boundary=x' },
    ],
    ['a form without its boundary', 'anything', { 'content-type': 'multipart/form-data' }],
  ])('is refused when it is %s', async (_, body, headers) => {
    const answer = await post(body, headers);
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([400, 'invalid_input']);
  });

  test('is described in the document of the API', async () => {
    const { paths } = await server.json('/openapi.json');
    const { post } = paths['/api/v1/knowledge/sources'];
    expect(post.requestBody.content['multipart/form-data'].schema.properties).toHaveProperty('file');
    expect(Object.keys(post.responses)).toEqual(expect.arrayContaining(['202', '413', '507']));
  });

  test('needs a file, and the file a name', async () => {
    const form = new FormData();
    form.set('name', 'lonely.txt');
    expect((await post(form)).status).toBe(400);
    const named = new FormData();
    named.set('file', new Blob(['text']), '../..');
    const answer = await post(named);
    expect(await answer.json()).toMatchObject({ code: 'invalid_input', errors: [{ pointer: '/name' }] });
  });

  test('names a file by its label and never by a path', async () => {
    const taken = await upload('..\\..//etc/./passwd.txt', 'Only a label.');
    expect(taken.name).toBe('etc/passwd.txt');
  });
});

describe('gaps', () => {
  test('are counted, listed and dismissed', async () => {
    const { gaps } = server.running.services.knowledge;
    const found = { language: 'en', conversationId: null, best: null };
    await gaps.record('default', { ...found, question: 'Do you sell boats?' });
    await gaps.record('default', { ...found, question: 'do you sell BOATS' });
    await gaps.record('default', { ...found, question: '?!' });
    await gaps.record('default', { ...found, question: 'x'.repeat(8000) });
    const [first, second, ...none] = gapList.parse({ gaps: await client.knowledge.gaps.list() }).gaps;
    expect([first, none]).toMatchObject([{ question: 'Do you sell boats?', times: 2 }, []]);
    expect(second?.question).toHaveLength(500);
    await client.knowledge.gaps.dismiss(first?.id ?? '');
    await expect(client.knowledge.gaps.dismiss(first?.id ?? '')).rejects.toMatchObject({ code: 'not_found' });
    expect(await client.knowledge.gaps.list()).toHaveLength(1);
  });
});

describe('intents', () => {
  const late = {
    name: 'late_fee',
    description: 'A fee for paying late.',
    examples: { en: ['what is this fee'] },
    action: { kind: 'answer' as const, article: 'late-fee' },
  };
  const person = {
    name: 'person',
    description: 'Wants a person.',
    examples: { en: ['a person please'], es: ['una persona'] },
    action: { kind: 'handoff' as const },
  };

  test('are replaced as a whole, or not at all', async () => {
    expect(await client.knowledge.intents.list()).toEqual([]);
    expect(await client.knowledge.intents.save([late, person])).toEqual([late, person]);
    expect(await client.knowledge.intents.list()).toEqual([late, person]);
    await expect(client.knowledge.intents.save([person, late, person])).rejects.toMatchObject({
      code: 'invalid_input',
      details: { errors: [{ pointer: '/intents/2/name' }] },
    });
    intentList.parse({ intents: await client.knowledge.intents.list() });
    expect(await client.knowledge.intents.list()).toEqual([late, person]);
    expect(await client.knowledge.intents.save([person])).toEqual([person]);
  });
});

test('whoever is another tenant finds nothing of it', async () => {
  const { knowledge } = server.running.services;
  const [mine] = (await knowledge.sources.list('default', {})).sources;
  const [passage] = await knowledge.sources.passages('default', mine?.id ?? '');
  expect(await knowledge.sources.list('other', {})).toEqual({ sources: [], next: null });
  expect((await knowledge.search('other', { query: 'late fee' })).hits).toEqual([]);
  await expect(knowledge.sources.passage('other', passage?.id ?? '')).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(
    knowledge.sources.remove({ tenant: 'other', actor: 'x' }, mine?.id ?? ''),
  ).rejects.toMatchObject({ code: 'not_found' });
  expect(await knowledge.intents.list('other')).toEqual([]);
  expect(await knowledge.gaps.list('other')).toEqual([]);
});
