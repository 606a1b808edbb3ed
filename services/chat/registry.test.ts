import { expect, it } from 'vitest';
import type { ConversationRow } from '../conversations/projection.ts';
import { Generation } from './generation.ts';
import { createRegistry } from './registry.ts';

const answer = (tenant: string, conversationId: string) => {
  const generation = new Generation({ tenant, conversationId, messageId: 'a' }, 1);
  const ended = new Promise<void>((resolve) =>
    generation.cut.signal.addEventListener('abort', () => resolve()),
  );
  return { generation, ended };
};
const owned = (tenantId: string, id: string, ownerKind: ConversationRow['ownerKind']) =>
  ({ tenantId, id, ownerKind }) as ConversationRow;

it('cuts the bot off in the moment a person takes over, there and nowhere else', async () => {
  const registry = createRegistry();
  const [here, elsewhere, other] = [answer('t', 'c'), answer('t', 'd'), answer('u', 'c')];
  for (const { generation, ended } of [here, elsewhere, other]) registry.run(generation, ended);
  registry.heed(owned('t', 'c', 'bot'));
  expect(here.generation.cut.signal.aborted).toBe(false);
  registry.heed(owned('t', 'c', 'human'));
  expect(here.generation.cut.signal.reason).toBe('taken');
  expect([elsewhere, other].map(({ generation }) => generation.cut.signal.aborted)).toEqual([false, false]);
  await here.ended;
  await expect.poll(() => registry.find(here.generation.id)).toBeUndefined();
  expect(registry.find(other.generation.id)).toBe(other.generation);
});

it('lets running answers end before it closes, and cuts off those that do not', async () => {
  const registry = createRegistry();
  const { generation, ended } = answer('t', 'c');
  registry.run(generation, ended);
  await registry.close(20);
  expect(generation.cut.signal.reason).toBe('closing');
});
