import type { Message } from '#contracts';

/** A message as it is shown, with the answers beside it that are not. */
export interface Shown {
  message: Message;
  /** Ids of every answer to the same message, in order; of anything else its own alone. */
  siblings: string[];
}

/**
 * What is shown of a conversation: of several answers to one message the chosen one, else the latest, in the place of the
 * first. `chosen` is by the message they answer.
 */
export function shownOf(messages: readonly Message[], chosen: Readonly<Record<string, string>>): Shown[] {
  const answers = new Map<string, Message[]>();
  for (const message of messages) {
    if (message.author !== 'bot' || message.parentId === null) continue;
    answers.set(message.parentId, [...(answers.get(message.parentId) ?? []), message]);
  }
  return messages.flatMap((message): Shown[] => {
    const family = message.author === 'bot' && message.parentId !== null && answers.get(message.parentId);
    if (!family) return [{ message, siblings: [message.id] }];
    if (family[0] !== message) return [];
    const wanted = family.find((each) => each.id === chosen[message.parentId ?? '']) ?? family.at(-1);
    return wanted ? [{ message: wanted, siblings: family.map((each) => each.id) }] : [];
  });
}
