import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { ParlanceError, type Sample } from '#contracts';
import { asJson, type Target } from '#eval';
import type { Chat } from '../../chat/chat.ts';
import type { Conversations } from '../../conversations/read.ts';
import { newId } from '../../db/id.ts';
import type { Principal } from '../../principal.ts';

/** What a simulated customer says, turn by turn; `askForPerson` presses the button instead. */
const script = z.object({
  turns: z
    .array(z.union([z.string().min(1), z.strictObject({ askForPerson: z.literal(true) })]))
    .min(1)
    .max(30),
});

const scoringMs = 10_000;
const maxEvents = 1000;

/**
 * A whole conversation through everything that customers go through: the output is its log, its messages and whose it is at the
 * end. They are stored as any other, so they belong into a tenant that nobody's desk shows.
 */
export function conversationsTarget(
  language: string,
  tenant: string,
  { chat, conversations }: { chat: Chat; conversations: Conversations },
): Target {
  return {
    name: 'conversations',
    revision: null,
    async ask(sample, signal) {
      const { turns } = scriptOf(sample);
      const spoken = sample.slices.language ?? language;
      const principal = newCustomer(tenant);
      const party = { tenant, customer: null };
      const { id } = await chat.open(principal, {
        id: randomUUID(),
        language: spoken,
        name: `Evaluation ${sample.id}`,
      });
      for (const turn of turns) {
        if (typeof turn !== 'string') {
          await chat.callPerson(principal, id, null);
          continue;
        }
        const { messages } = await conversations.messages(party, id);
        const seen = messages.map((message) => message.id).reverse();
        const stream = await chat.send(principal, {
          ...{ conversationId: id, messageId: randomUUID(), text: turn, language: spoken, name: null, seen },
        });
        for await (const _ of stream(signal)) signal.throwIfAborted();
        await scored(() => conversations.events(party, id, 0, maxEvents), signal);
      }
      const events = await conversations.events(party, id, 0, maxEvents);
      const { messages } = await conversations.messages(party, id);
      const { owner } = await conversations.get(party, id);
      return { output: asJson({ events, messages, owner: owner.kind }) };
    },
  };
}

/** Each message is scored beside its answer; what is said next may hang on it. */
async function scored(read: () => Promise<{ type: string }[]>, signal: AbortSignal): Promise<void> {
  const count = (events: { type: string }[], type: string) =>
    events.filter((event) => event.type === type).length;
  for (const until = performance.now() + scoringMs; performance.now() < until; ) {
    const events = await read();
    if (count(events, 'message-scored') >= count(events, 'message-added')) return;
    signal.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function scriptOf({ id, input }: Sample) {
  const { data } = script.safeParse(input);
  if (!data)
    throw new ParlanceError('invalid_input', `Row ${id} has no script: give input.turns, a list of texts.`);
  return data;
}

function newCustomer(tenant: string): Principal {
  const customer = newId('cus');
  const actor = `customer:${customer}`;
  return { tenant, actor, scopes: ['chat'], ratePerMinute: null, user: null, customer };
}
