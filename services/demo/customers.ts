import { randomUUID } from 'node:crypto';
import type { Chat } from '../chat/chat.ts';
import { newId } from '../db/id.ts';
import type { Principal } from '../principal.ts';
import type { Customers } from './player.ts';

/** Customers who come in as any other: nothing knows that they read from a script. */
export function createCustomers(chat: Pick<Chat, 'open' | 'send'>): Customers {
  return {
    async open(tenant, { name, language }) {
      const customer = newId('cus');
      const principal: Principal = {
        tenant,
        actor: `customer:${customer}`,
        scopes: ['chat'],
        ratePerMinute: null,
        user: null,
        customer,
      };
      const { id: conversationId } = await chat.open(principal, { id: randomUUID(), language, name });
      return {
        async say(text) {
          const messageId = randomUUID();
          await chat.send(principal, { conversationId, messageId, text, seen: [], language, name });
        },
      };
    },
  };
}
