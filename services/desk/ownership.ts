import type { ConversationEventData, Event, Owner } from '#contracts';

/** Who acts for the company: an agent, or a program with an agent's rights. */
export interface Agent {
  id: string;
  name: string;
}

/** What a decision rests on: the conversation as it is, under its lock. */
export interface Standing {
  owner: Owner;
  /** Of the person whose it is, or was last. */
  ownerName: string | null;
  /** The message a reply stands below. */
  lastMessageId: string | null;
}

/** To whom a conversation is to be given. */
export type Receiver = { name: string } & (
  | { kind: 'person'; userId: string; state: 'available' | 'away' | 'disabled' }
  | { kind: 'team'; teamId: string }
);

export type Command =
  | { kind: 'take'; from: string | null; reason: string | null }
  | { kind: 'reply'; id: string; text: string; sendAnyway: boolean; news: Event[] }
  | { kind: 'note'; id: string; text: string }
  | { kind: 'transfer'; to: Receiver }
  | { kind: 'release' }
  | { kind: 'close' }
  | { kind: 'reopen'; lastOwnerAvailable: boolean };

type DeskFactType = 'owner-changed' | 'message-added' | 'note-added';
export type DeskFact = {
  [T in DeskFactType]: { type: T; data: ConversationEventData[T] };
}[DeskFactType];

export type Decision =
  | { facts: DeskFact[]; warning: string | null }
  /** Why not, for whoever asked; `news` is what they had not read. */
  | { refusal: string; news: Event[] };

/**
 * What a command does to a conversation, or why it may not. Nothing is written for a command that finds things as it wants
 * them. A conversation that a colleague has is changed by nobody else, except by taking it from them by name or by
 * replying all the same; both leave a trace in the log.
 */
export function decide(now: Standing, agent: Agent, command: Command): Decision {
  const { owner } = now;
  const theirs = owner.kind === 'human' && owner.userId !== null && owner.userId !== agent.id;
  const has = `${now.ownerName ?? 'A colleague'} has this conversation.`;
  const mine: Owner = { kind: 'human', userId: agent.id, teamId: owner.teamId };
  const become = (to: Owner, reason: string, warning: string | null = null): Decision => ({
    facts: change(owner, to, reason),
    warning,
  });

  switch (command.kind) {
    case 'note': {
      const { id: noteId, text } = command;
      const fact: DeskFact = { type: 'note-added', data: { noteId, text, authorName: agent.name } };
      return { facts: [fact], warning: null };
    }
    case 'take': {
      if (!theirs) return become(mine, 'took over');
      if (command.from !== owner.userId) return refuse(`${has} Take it from them by name and say why.`);
      return become(mine, `took over from ${now.ownerName ?? 'a colleague'}: ${command.reason}`);
    }
    case 'reply': {
      const { id: messageId, text, news } = command;
      if (!command.sendAnyway && news.length > 0) return refuse(unread(news), news);
      if (!command.sendAnyway && theirs) return refuse(`${has} Send it anyway to take it over.`);
      const reply: DeskFact = {
        type: 'message-added',
        data: { messageId, parentId: now.lastMessageId, text, authorName: agent.name },
      };
      return { facts: [...change(owner, mine, 'replied'), reply], warning: null };
    }
    case 'reopen': {
      if (owner.kind !== 'closed') return { facts: [], warning: null };
      const to: Owner = { ...owner, kind: 'human' };
      if (owner.userId === null || command.lastOwnerAvailable) return become(to, 'reopened');
      const warning = `${now.ownerName ?? 'Whoever had it'} is not available: it waits for anyone.`;
      return become({ ...to, userId: null }, 'reopened', warning);
    }
    default:
      if (theirs) return refuse(`${has} Take it from them first.`);
  }

  switch (command.kind) {
    case 'close':
      return become({ ...owner, kind: 'closed' }, 'closed');
    case 'release':
      if (owner.kind === 'closed') return refuse(closed);
      return become({ kind: 'bot', userId: null, teamId: null }, 'given back to the bot');
    case 'transfer': {
      const { to } = command;
      if (owner.kind === 'closed') return refuse(closed);
      if (to.kind === 'team') {
        return become({ kind: 'human', userId: null, teamId: to.teamId }, `passed to ${to.name}`);
      }
      if (to.state === 'disabled') return refuse(`${to.name} does not work here any more.`);
      const warning = to.state === 'away' ? `${to.name} is away.` : null;
      return become({ kind: 'human', userId: to.userId, teamId: null }, `passed to ${to.name}`, warning);
    }
  }
}

const closed = 'This conversation is closed. Reopen it first.';

const refuse = (refusal: string, news: Event[] = []): Decision => ({ refusal, news });

function change(from: Owner, to: Owner, reason: string): DeskFact[] {
  const same = from.kind === to.kind && from.userId === to.userId && from.teamId === to.teamId;
  return same ? [] : [{ type: 'owner-changed', data: { from, to, reason } }];
}

function unread(news: Event[]): string {
  const colleague = news.find((each) => each.actor.kind === 'agent');
  const who = colleague ? String(colleague.data?.authorName ?? 'A colleague') : 'The customer';
  return `${who} has written since you read it. Read that, or send it anyway.`;
}
