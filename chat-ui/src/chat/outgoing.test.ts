import { afterEach, expect, it, vi } from 'vitest';

/** The module as a page finds it that comes with this storage. */
async function load(kept: string | null = null) {
  const storage = new Map<string, string>(kept === null ? [] : [['parlance.chat-outbox', kept]]);
  vi.resetModules();
  vi.stubGlobal('window', {
    localStorage: {
      getItem: (key: string) => storage.get(key) ?? null,
      setItem: (key: string, value: string) => storage.set(key, value),
      removeItem: (key: string) => storage.delete(key),
    },
  });
  return { storage, ...(await import('./outgoing.ts')) };
}
afterEach(() => vi.unstubAllGlobals());

it('keeps a message until the conversation has it, also for a page that comes later', async () => {
  const first = await load();
  first.post('c', 'hello');
  first.post('other', 'elsewhere');
  const [message] = first.outgoingOf('c');
  const id = message?.id ?? '';
  first.mark(id, 'sending');
  expect(first.isSending(id)).toBe(true);

  const second = await load(first.storage.get('parlance.chat-outbox'));
  expect(second.outgoingOf('c')).toMatchObject([{ id, text: 'hello', state: 'waiting' }]);
  second.mark(id, 'failed', 'It broke.');
  const third = await load(second.storage.get('parlance.chat-outbox'));
  expect(third.outgoingOf('c')).toMatchObject([{ id, state: 'failed', problem: 'It broke.' }]);
  third.drop(id, ...third.outgoingOf('other').map((each) => each.id));
  expect(third.storage.size).toBe(0);
});

it('begins anew with a storage that nobody can read', async () => {
  expect((await load('{')).outgoingOf('c')).toEqual([]);
});
