import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Event, Owner } from '#contracts';
import type { Database } from '../../services/db/database.ts';
import { openDatabase } from '../../services/db/index.ts';
import { openMemoryDatabase } from '../../services/db/memory.ts';
import { DeskPlay, type Step } from '../fixtures/desk-play.ts';
import { ownerIn, replay } from '../fixtures/replay.ts';
import { postgresForTests, type TestPostgres } from '../postgres.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const one = fc.constantFrom(0, 1);
const mood = fc.constantFrom('', 'That is awful.', 'That is great.');
const commands = [
  'take',
  'steal',
  'reply',
  'reply-anyway',
  'note',
  'pass',
  'release',
  'close',
  'reopen',
] as const;
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('say' as const), conversation: one, mood }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('stop-bot', 'call-person'), conversation: one }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('bot-holds', 'bot-goes', 'bot-says-a-piece') }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constantFrom(...commands), conversation: one, agent: one }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reconnect' as const), reader: one }) },
);
/** What is in one group happens at once; a crash ends a group. */
const group = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 5 }),
  crash: fc.nat(9).map((n) => n === 0),
});
const play = fc.array(group, { minLength: 1, maxLength: 8 });

const first: Owner = { kind: 'bot', userId: null, teamId: null };

/** Every event with whoever owned the conversation just before it. */
function withOwner(log: Event[]): { event: Event; owner: Owner }[] {
  let owner = first;
  return log.map((event) => {
    const now = { event, owner };
    owner = ownerIn(event) ?? owner;
    return now;
  });
}

function checkLog(log: Event[]): void {
  expect(log.map((event) => event.seq)).toEqual(log.map((_, at) => at + 1));
  const answers = (type: string) =>
    log.filter((each) => each.type === type).map(({ data }) => data?.messageId);
  expect(answers('answer-ended').sort()).toEqual(answers('answer-started').sort());
  for (const { event, owner } of withOwner(log)) {
    const { type, data, actor } = event;
    const speaks = type === 'answer-started' || (type === 'answer-ended' && data?.state === 'complete');
    if (speaks) expect([event.seq, owner.kind]).toEqual([event.seq, 'bot']);
    if (type === 'message-added' && actor.kind === 'agent') {
      expect(owner).toMatchObject({ kind: 'human', userId: actor.id });
    }
    if (type !== 'owner-changed') continue;
    // One chain: each change starts from what the one before made, so there is never a second owner.
    expect(data?.from).toEqual(owner);
    const colleagues = owner.kind === 'human' && owner.userId !== null && owner.userId !== actor.id;
    if (colleagues) expect(data?.reason).toMatch(/^(took over from (Ada|Ben): |replied$)/);
  }
}

async function checkPlay(groups: { steps: Step[]; crash: boolean }[], db: Database): Promise<void> {
  const stage = await DeskPlay.open(`t-${randomUUID()}`, db);
  for (const { steps, crash } of groups) {
    await Promise.all(steps.map((each) => stage.act(each)));
    if (crash) await stage.act({ do: 'crash' });
  }
  const { desk, logs } = await stage.settle();

  for (const log of logs) checkLog(log);
  expect(stage.heard).toEqual(logs);
  for (const reader of stage.readers) {
    expect(reader.changes.map((change) => change.cursor)).toEqual(
      Array.from({ length: desk }, (_, at) => at + 1),
    );
    expect(reader.others).toEqual([]);
    for (const [at, id] of stage.conversations.entries()) {
      const told = reader.changes.filter((change) => change.entry.id === id);
      expect(told.map((change) => change.event)).toEqual(logs[at]);
    }
  }
  const ada = stage.agents[0];
  if (!ada) throw new Error('nobody works here');
  const { entries } = await stage.desk.inbox(ada, { view: 'all', closed: false, limit: 10 });
  const closed = await stage.desk.inbox(ada, { view: 'all', closed: true, limit: 10 });
  const rows = [...entries, ...closed.entries];
  expect(rows).toHaveLength(stage.conversations.length);
  for (const [at, id] of stage.conversations.entries()) {
    expect(rows.find((row) => row.id === id)).toMatchObject({
      ...replay(logs[at] ?? []),
      generating: false,
    });
  }
}

function ownershipSuite(name: string, runs: number, open: () => Promise<Database>): void {
  describe(name, () => {
    let db: Database;
    beforeAll(async () => {
      db = await open();
    });
    afterAll(() => db?.close());

    it(
      'has one owner at a time, a bot that is silent under people, and readers who miss nothing',
      { timeout: 600_000 },
      () =>
        fc.assert(
          fc.asyncProperty(play, (groups) => checkPlay(groups, db)),
          { numRuns: runs, endOnFailure: true },
        ),
    );
  });
}

ownershipSuite('on the embedded database', 20, openMemoryDatabase);

const server = await postgresForTests();
afterAll(() => server?.stop());
describe.skipIf(!server)('with a server', () => {
  ownershipSuite('on PostgreSQL, many at once', 40, async () => {
    const { appUrl, ownerUrl } = await (server as TestPostgres).createDatabase();
    return openDatabase({ root, dataDir: 'unused', databaseUrl: appUrl, databaseOwnerUrl: ownerUrl });
  });
});
