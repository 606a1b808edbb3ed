import type { Item, MessageItem } from '../items.ts';

export interface ResponseTimes {
  /** From the customer's turn before it, which the bot may have answered too, to the first answer of a person, in milliseconds; null without one. */
  firstByPerson: number | null;
  /** The longest time in which a turn had no answer by anybody; what still waits is not counted. */
  longest: number | null;
  turns: number;
}

/** How long a customer had to wait, over what is loaded. Several turns in a row wait from the first of them. */
export function responseTimes(items: readonly Item[]): ResponseTimes {
  const messages = items.filter((item): item is MessageItem => item.kind === 'message');
  let asked: number | null = null;
  let turn: number | null = null;
  let firstByPerson: number | null = null;
  let longest: number | null = null;
  for (const { author, at, state } of messages) {
    const time = Date.parse(at);
    if (author === 'customer') {
      asked ??= time;
      turn = asked;
    } else if (state !== 'streaming') {
      if (asked !== null) longest = Math.max(longest ?? 0, time - asked);
      if (author === 'agent' && turn !== null) firstByPerson ??= time - turn;
      asked = null;
    }
  }
  return { firstByPerson, longest, turns: messages.filter((each) => each.author === 'customer').length };
}
