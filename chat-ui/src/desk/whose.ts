import type { InboxEntry, Owner } from '#contracts';

/** What to call a customer who may not have said a name. */
export const customerOf = ({ customerName, customerId }: Pick<InboxEntry, 'customerName' | 'customerId'>) =>
  customerName ?? `Customer ${customerId.slice(-4).toUpperCase()}`;

/** Who speaks in a conversation, in a word or two. */
export function ownerName(owner: Owner, me: string, name: (id: string) => string): string {
  if (owner.kind === 'closed') return 'Closed';
  if (owner.kind === 'bot') return 'Bot';
  if (owner.userId) return owner.userId === me ? 'You' : name(owner.userId);
  return owner.teamId ? `For ${name(owner.teamId)}` : 'For anyone';
}
