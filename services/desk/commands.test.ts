import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Event } from '#contracts';
import { type DeskWorld, openDesk } from '../../test/fixtures/desk.ts';
import type { Principal } from '../principal.ts';

let world: DeskWorld;
let ada: Principal;
let ben: Principal;
beforeAll(async () => {
  world = await openDesk();
  ada = await world.hire('Ada');
  ben = await world.hire('Ben');
});
afterAll(() => world?.db.close());

const desk = () => world.desk;
const seenAll = async (id: string) => (await desk().transcript(ada, id)).entry.lastSeq;
const events = async (id: string): Promise<Event[]> => (await desk().transcript(ada, id)).events;
const take = { from: null, reason: null };
const reply = (rest: { seenSeq: number; id?: string; text?: string; sendAnyway?: boolean }) => ({
  id: randomUUID(),
  text: 'Hello',
  sendAnyway: false,
  ...rest,
});

describe('take', () => {
  it('goes to one of two who take it at once, and the other is told the name', async () => {
    const id = await world.open('Eve', 'Help');
    const both = await Promise.allSettled([desk().take(ada, id, take), desk().take(ben, id, take)]);
    const refused = both.filter((each) => each.status === 'rejected');
    expect(refused.map((each) => each.reason)).toMatchObject([
      { code: 'conflict', message: expect.stringMatching(/^(Ada|Ben) has this conversation/) },
    ]);
    const owner = (await desk().transcript(ada, id)).entry.owner;
    expect(String(refused[0]?.reason)).toContain(owner.userId === 'usr_ada' ? 'Ada' : 'Ben');
  });

  it('leaves who and why in the log', async () => {
    const id = await world.open('Eve', 'Help');
    await desk().take(ada, id, take);
    await desk().take(ben, id, { from: 'usr_ada', reason: 'her shift is over' });
    const changes = (await events(id)).filter((each) => each.type === 'owner-changed');
    expect(changes.map(({ actor, data }) => [actor, data?.reason])).toEqual([
      [{ kind: 'agent', id: 'usr_ada' }, 'took over'],
      [{ kind: 'agent', id: 'usr_ben' }, 'took over from Ada: her shift is over'],
    ]);
  });
});

describe('reply', () => {
  it('takes the conversation and stands below the last message', async () => {
    const id = await world.open('Eve', 'Help');
    const { entry } = await desk().reply(ada, id, reply({ seenSeq: await seenAll(id) }));
    expect(entry).toMatchObject({
      owner: { kind: 'human', userId: 'usr_ada' },
      preview: 'Hello',
      lastAuthor: 'agent',
    });
    const [asked, , said] = (await events(id)).slice(-3);
    expect(said).toMatchObject({
      type: 'message-added',
      data: { authorName: 'Ada', parentId: asked?.data?.messageId },
    });
  });

  it('is one when it is sent twice, also after a colleague took over', async () => {
    const id = await world.open('Eve', 'Help');
    const request = reply({ seenSeq: await seenAll(id) });
    await Promise.all([desk().reply(ada, id, request), desk().reply(ada, id, request)]);
    await desk().take(ben, id, { from: 'usr_ada', reason: 'swap' });
    const again = await desk().reply(ada, id, request);
    expect(again.entry.owner.userId).toBe('usr_ben');
    const said = (await events(id)).filter((each) => each.data?.messageId === request.id);
    expect(said).toHaveLength(1);
    await expect(desk().reply(ada, id, { ...request, text: 'Other' })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('is refused with what the customer or a colleague wrote since, unless it is sent anyway', async () => {
    const id = await world.open('Eve', 'Help');
    const seenSeq = await seenAll(id);
    await world.say(id, 'Never mind');
    await world.say(id, 'An answer', 'bot');
    const refused = desk().reply(ada, id, reply({ seenSeq }));
    await expect(refused).rejects.toMatchObject({
      code: 'conflict',
      details: { news: [{ data: { text: 'Never mind' } }] },
    });
    await desk().reply(ada, id, reply({ seenSeq, sendAnyway: true, text: 'Ours' }));
    const own = await desk().reply(ada, id, reply({ seenSeq: (await seenAll(id)) - 1 }));
    await expect(desk().reply(ben, id, reply({ seenSeq: own.entry.lastSeq - 1 }))).rejects.toMatchObject({
      message: expect.stringContaining('Ada has written'),
    });
    await expect(desk().reply(ben, id, reply({ seenSeq: own.entry.lastSeq }))).rejects.toMatchObject({
      message: expect.stringContaining('Ada has this conversation'),
    });
  });

  it('is written by a key under the key’s own name', async () => {
    const id = await world.open('Eve', 'Help');
    const key = { tenant: 't', actor: 'key:key_7', scopes: ['agent' as const], ratePerMinute: null };
    const program = { ...key, user: null, customer: null };
    await desk().reply(program, id, reply({ seenSeq: await seenAll(id) }));
    expect((await events(id)).at(-1)).toMatchObject({ actor: { kind: 'agent', id: 'key_7' } });
  });
});

it('notes once, whoever has the conversation, and changes nothing else', async () => {
  const id = await world.open('Eve', 'Help');
  await desk().take(ben, id, take);
  const request = { id: randomUUID(), text: 'Known since Monday' };
  await desk().note(ada, id, request);
  const { entry } = await desk().note(ada, id, request);
  expect(entry).toMatchObject({ owner: { userId: 'usr_ben' }, preview: 'Help' });
  const notes = (await events(id)).filter((each) => each.type === 'note-added');
  expect(notes.map((each) => each.data)).toEqual([
    { noteId: request.id, text: 'Known since Monday', authorName: 'Ada' },
  ]);
});

describe('transfer', () => {
  it('goes to people and teams, warns of who is away, refuses who left or never was here', async () => {
    const [cleo, gone] = [
      await world.hire('Cleo', { availability: 'away' }),
      await world.hire('Gil', { disabled: true }),
    ];
    const billing = await world.team('Billing');
    await world.hire('Rae', { roles: ['reviewer'] });
    const id = await world.open('Eve', 'Help');
    const to = (userId: string | null, teamId: string | null = null) =>
      desk().transfer(ada, id, { userId, teamId });
    expect(await to(null, billing)).toMatchObject({
      entry: { owner: { kind: 'human', userId: null, teamId: billing } },
      warning: null,
    });
    await expect(to(gone.user?.id ?? '')).rejects.toMatchObject({ code: 'conflict' });
    for (const nobody of ['usr_nobody', 'usr_rae']) {
      await expect(to(nobody)).rejects.toMatchObject({ code: 'invalid_input' });
    }
    expect(await to(cleo.user?.id ?? '')).toMatchObject({
      entry: { owner: { userId: 'usr_cleo', teamId: null } },
      warning: 'Cleo is away.',
    });
    await expect(to('usr_ben')).rejects.toMatchObject({ message: expect.stringContaining('Cleo has this') });
  });
});

it('reopens a closed conversation to whom it was, and to anyone when they are away', async () => {
  const id = await world.open('Eve', 'Help');
  await desk().take(ben, id, take);
  expect((await desk().close(ben, id)).entry).toMatchObject({
    owner: { kind: 'closed', userId: 'usr_ben' },
    closedAt: expect.any(String),
    waitingSince: null,
  });
  expect((await desk().reopen(ada, id)).entry).toMatchObject({ owner: { kind: 'human', userId: 'usr_ben' } });
  await desk().close(ben, id);
  await desk().setAvailability(ben, 'away');
  expect(await desk().reopen(ada, id)).toMatchObject({
    entry: { owner: { kind: 'human', userId: null }, closedAt: null },
    warning: expect.stringContaining('Ben is not available'),
  });
  await desk().setAvailability(ben, 'available');
});

it('does nothing to a conversation that is not there', async () => {
  const calls = [
    desk().take(ada, 'nothing', take),
    desk().release(ada, 'nothing'),
    desk().reply(ada, 'nothing', reply({ seenSeq: 0 })),
    desk().see(ada, { conversationId: 'nothing', typing: false }),
  ];
  for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'not_found' });
});

describe('colleagues', () => {
  it('are listed with whom to ask first in front, and what a key is not', async () => {
    const other = await openDesk('hints', world.db);
    const [ida, jo] = [await other.hire('Ida'), await other.hire('Jo')];
    await other.hire('Kim', { availability: 'away' });
    await other.hire('Lou', { roles: ['trainer'] });
    await other.hire('Max', { disabled: true });
    const id = await other.open('Eve', 'Help');
    await other.desk.take(ida, id, take);
    const { colleagues } = await other.desk.colleagues(jo);
    expect(colleagues.map(({ name, open }) => [name, open])).toEqual([
      ['Jo', 0],
      ['Ida', 1],
      ['Kim', 0],
    ]);
    const key: Principal = { ...jo, actor: 'key:key_1', user: null };
    await expect(other.desk.setAvailability(key, 'away')).rejects.toMatchObject({ code: 'unsupported' });
  });
});
