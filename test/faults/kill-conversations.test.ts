import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readEventStream } from '#client';
import { type ChatChunk, conversation, type Event, type MessagePage, messagePage } from '#contracts';
import { openDatabase } from '../../services/db/index.ts';
import { prepareFolder } from '../../services/db/memory.ts';
import { eventLog, eventTopic, generation, generationChunk } from '../../services/db/schema/index.ts';
import { bundledFixture } from '../fixtures/bundled.ts';
import { startKillable } from '../fixtures/killable-service.ts';
import { sending } from '../http/conversations.ts';

const kills = Number(process.env.KILLS ?? 10);
const customers = 5;
const root = join(import.meta.dirname, '../..');
const question = 'restart the Hub';
const answer = 'Restart the Hub like this:\n1. Pull the plug.\n2. Wait half a minute.\n3. Plug it in.';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parlance-kill-'));
  await prepareFolder(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** One open page: what its customer sent, what the server acknowledged, and what its event stream has shown. */
class Page {
  readonly id = randomUUID();
  readonly acknowledged: string[] = [];
  /** Answers whose `finish` the page has seen, by their id. */
  readonly finished = new Map<string, string>();
  readonly log: Event[] = [];
  /** Sent and not acknowledged: a page sends it again. */
  #unsure: string | undefined;

  /** Writes one message after the other until the server is gone. */
  async write(url: string, count: number): Promise<void> {
    for (let sent = 0; sent < count; sent++) {
      const messageId = this.#unsure ?? randomUUID();
      this.#unsure = messageId;
      const response = await fetch(`${url}/api/v1/chat`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(sending(this.id, question, messageId)),
      }).catch(() => undefined);
      if (!response) return;
      expect(response.status).toBe(200);
      this.acknowledged.push(messageId);
      this.#unsure = undefined;
      const whole = await this.#read(response).catch(() => false);
      if (!whole) return;
    }
  }

  async #read(response: Response): Promise<boolean> {
    let [id, text] = ['', ''];
    for await (const { data } of readEventStream(response.body as ReadableStream<Uint8Array>)) {
      if (data === '[DONE]') return true;
      const chunk = JSON.parse(data) as ChatChunk;
      if (chunk.type === 'start') id = chunk.messageId ?? '';
      if (chunk.type === 'text-delta') text += chunk.delta;
      if (chunk.type === 'finish') this.finished.set(id, text);
    }
    return false;
  }

  /** Follows the conversation from where it was until the server is gone or `enough`. */
  async follow(url: string, enough: () => boolean = () => false): Promise<void> {
    const headers = { 'last-event-id': String(this.log.at(-1)?.seq ?? 0) };
    const response = await fetch(`${url}/api/v1/conversations/${this.id}/events`, { headers }).catch(
      () => undefined,
    );
    if (!response?.ok || enough()) return await response?.body?.cancel();
    try {
      for await (const { data } of readEventStream(response.body as ReadableStream<Uint8Array>)) {
        this.log.push(JSON.parse(data));
        if (enough()) return;
      }
    } catch {
      // The kill.
    }
  }

  async messages(url: string): Promise<MessagePage['messages']> {
    const all: MessagePage['messages'] = [];
    for (let before: number | null | undefined; before !== null; ) {
      const query = before === undefined ? '' : `?before=${before}`;
      const response = await fetch(`${url}/api/v1/conversations/${this.id}/messages${query}`);
      if (response.status === 404) return [];
      const page = messagePage.parse(await response.json());
      all.unshift(...page.messages);
      before = page.before;
    }
    return all;
  }
}

test(
  `${kills} times kill −9 under load: no message is lost, doubled or out of order, no half answer is whole, no log has a gap`,
  async () => {
    const pages = Array.from({ length: customers }, () => new Page());
    for (let round = 0; round < kills; round++) {
      const service = await start();
      for (const page of pages) await check(page, service.url);
      const before = total(pages);
      const following = pages.map((page) => page.follow(service.url));
      const writing = pages.map((page) => page.write(service.url, 1_000));
      // At another moment each time, and never before the load has begun, however slow the machine.
      const enough = async () => {
        while (total(pages) < before + 1 + (round % 7)) await sleep(5);
      };
      await Promise.race([enough(), Promise.all(writing).then(() => expect.fail('nobody writes any more'))]);
      await sleep((round * 61) % 150);
      service.child.kill('SIGKILL');
      await once(service.child, 'exit');
      await Promise.all([...writing, ...following]);
    }

    const service = await start();
    for (const page of pages) {
      await page.write(service.url, 1);
      const response = await fetch(`${service.url}/api/v1/conversations/${page.id}`);
      const { lastSeq } = conversation.parse(await response.json());
      // A page that was left open has had every event, each once, whatever happened to the server.
      await page.follow(service.url, () => (page.log.at(-1)?.seq ?? 0) >= lastSeq);
      expect(page.log.slice(0, lastSeq).map(({ seq }) => seq)).toEqual(upTo(lastSeq));
      await check(page, service.url);
    }
    service.child.kill('SIGKILL');
    await once(service.child, 'exit');
    await checkLogs(pages);
  },
  60_000 + kills * 20_000,
);

/** What the server shows of a conversation after a restart, against what its page knows. */
async function check(page: Page, url: string): Promise<void> {
  const messages = await page.messages(url);
  const sent = messages.filter(({ author }) => author === 'customer').map(({ id }) => id);
  expect(sent.filter((id) => page.acknowledged.includes(id))).toEqual(page.acknowledged);
  expect(new Set(sent).size).toBe(sent.length);
  // One that was not acknowledged may have been stored; it cannot be more than the one that was under way.
  expect(sent.length - page.acknowledged.length).toBeLessThanOrEqual(1);
  const answers = messages.filter(({ author }) => author === 'bot');
  for (const { state, text } of answers) {
    expect(['complete', 'interrupted']).toContain(state);
    if (state === 'complete') expect(text).toBe(answer);
    else expect(answer.startsWith(text)).toBe(true);
  }
  for (const [id, text] of page.finished) {
    expect(text).toBe(answer);
    expect(answers.find((each) => each.id === id)?.state).toBe('complete');
  }
}

/** The files themselves, once nothing runs on them. */
async function checkLogs(pages: Page[]): Promise<void> {
  const settings = { root, dataDir: folder, databaseUrl: undefined, databaseOwnerUrl: undefined };
  const database = await openDatabase(settings);
  const { log, topics, generations, chunks } = await database.withTenant('default', async (tx) => ({
    log: await tx.select().from(eventLog).orderBy(eventLog.topic, eventLog.seq),
    topics: await tx.select().from(eventTopic),
    generations: await tx.select().from(generation),
    chunks: await tx.select().from(generationChunk),
  }));
  await database.close();
  const seqs = new Map<string, typeof log>();
  for (const each of log) seqs.set(each.topic, [...(seqs.get(each.topic) ?? []), each]);
  expect(seqs.size).toBe(pages.length + 1);
  for (const [, events] of seqs) expect(events.map(({ seq }) => seq)).toEqual(upTo(events.length));
  const desk = seqs.get('desk') ?? [];
  expect(topics.find(({ topic }) => topic === 'desk')?.lastSeq).toBe(desk.length);
  expect(desk.length).toBe(log.length - desk.length);
  for (const { id } of pages) {
    const events = seqs.get(`conversation/${id}`) ?? [];
    const of = (type: string) =>
      events.filter((each) => each.type === type).map(({ data }) => data?.messageId);
    expect(of('answer-ended').sort()).toEqual(of('answer-started').sort());
  }
  expect(generations.filter(({ state }) => state === 'running')).toEqual([]);
  expect(generations.length).toBeGreaterThan(kills);
  expect(chunks).toEqual([]);
}

const total = (pages: Page[]) => pages.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0);
const upTo = (last: number) => Array.from({ length: last }, (_, at) => at + 1);

const start = () =>
  startKillable(bundledFixture('slow-service'), folder, {
    PARLANCE_LOG_LEVEL: 'silent',
  });

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
