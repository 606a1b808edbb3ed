import type { ConversationRow } from '../conversations/projection.ts';
import type { AnswerId, Cut, Generation } from './generation.ts';
import type { AnswerKey } from './generation-rows.ts';

/** The answers this process is writing, each with what settles when it has ended. */
export interface Registry {
  run(generation: Generation, writing: Promise<void>): void;
  find(id: AnswerId): Generation | undefined;
  has(tenant: string, key: AnswerKey): boolean;
  /** Cuts off what the bot is saying in a conversation. Settles when it is silent. */
  silence(tenant: string, conversationId: string, cut: Cut): Promise<void>;
  /** Cuts the bot off at once where people have taken over. */
  heed(row: ConversationRow): void;
  /** Waits for all to end, and cuts off what has not within `graceMs`. */
  close(graceMs: number): Promise<void>;
}

export function createRegistry(): Registry {
  const running = new Map<Generation, Promise<void>>();
  const of = (tenant: string, conversationId: string) =>
    [...running.keys()].filter(({ id }) => id.tenant === tenant && id.conversationId === conversationId);
  const find = ({ tenant, conversationId, messageId }: AnswerId) =>
    of(tenant, conversationId).find(({ id }) => id.messageId === messageId);

  return {
    run(generation, writing) {
      running.set(
        generation,
        writing.finally(() => running.delete(generation)),
      );
    },
    find,
    has: (tenant, key) => find({ tenant, ...key }) !== undefined,
    async silence(tenant, conversationId, cut) {
      const mine = of(tenant, conversationId);
      for (const generation of mine) generation.cut.abort(cut);
      await Promise.all(mine.map((generation) => running.get(generation)));
    },
    heed(row) {
      if (row.ownerKind === 'bot') return;
      for (const generation of of(row.tenantId, row.id)) generation.cut.abort('taken' satisfies Cut);
    },
    async close(graceMs) {
      const timer = setTimeout(() => {
        for (const generation of running.keys()) generation.cut.abort('closing' satisfies Cut);
      }, graceMs);
      await Promise.all(running.values());
      clearTimeout(timer);
    },
  };
}
