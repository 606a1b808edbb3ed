import { EventEmitter } from 'node:events';
import type { Presence } from '#contracts';
import type { Agent } from './ownership.ts';

/** An agent's page says every few seconds where it is. */
const forgetMs = 15_000;

interface Looking {
  agent: Agent;
  conversationId: string;
  typing: boolean;
  expiry: NodeJS.Timeout;
}

/** Who looks at which conversation now. In this process's memory: it is no fact, and a restart may forget it. */
export interface PresenceBoard {
  /** The agent looks at a conversation, or at none; until the next word, 15 seconds at most. */
  see(tenant: string, agent: Agent, conversationId: string | null, typing: boolean): void;
  /** Every conversation that somebody looks at. */
  list(tenant: string): Presence[];
  /** Calls `onChange` with whoever is at a conversation, whenever that changes, until the returned function is called. */
  listen(tenant: string, onChange: (presence: Presence) => void): () => void;
}

export function createPresence(): PresenceBoard {
  /** By tenant, then by agent: an agent is in one place. */
  const board = new Map<string, Map<string, Looking>>();
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);

  const at = (tenant: string, conversationId: string): Presence => ({
    conversationId,
    agents: [...(board.get(tenant)?.values() ?? [])]
      .filter((each) => each.conversationId === conversationId)
      .map(({ agent, typing }) => ({ userId: agent.id, name: agent.name, typing })),
  });
  const tell = (tenant: string, conversationId: string) =>
    emitter.emit(`at ${tenant}`, at(tenant, conversationId));

  return {
    see(tenant, agent, conversationId, typing) {
      const agents = board.get(tenant) ?? new Map<string, Looking>();
      const before = agents.get(agent.id);
      clearTimeout(before?.expiry);
      agents.delete(agent.id);
      if (conversationId !== null) {
        const expiry = setTimeout(() => this.see(tenant, agent, null, false), forgetMs).unref();
        agents.set(agent.id, { agent, conversationId, typing, expiry });
      }
      if (agents.size > 0) board.set(tenant, agents);
      else board.delete(tenant);
      if (before && before.conversationId !== conversationId) tell(tenant, before.conversationId);
      const same = before?.conversationId === conversationId && before?.typing === typing;
      if (conversationId !== null && !same) tell(tenant, conversationId);
    },
    list(tenant) {
      const places = [...(board.get(tenant)?.values() ?? [])].map((each) => each.conversationId);
      return [...new Set(places)].map((each) => at(tenant, each));
    },
    listen(tenant, onChange) {
      emitter.on(`at ${tenant}`, onChange);
      return () => emitter.off(`at ${tenant}`, onChange);
    },
  };
}
