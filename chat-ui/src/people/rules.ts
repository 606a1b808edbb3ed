import type { User } from '#contracts';

/** Whoever sits at the server's machine has no address, and no way in once the server asks for a credential. */
const isActiveAdmin = (user: User): boolean =>
  user.email !== null && user.disabledAt === null && user.roles.includes('admin');

/** Whether nobody would be left to manage people without them. */
export function isLastAdmin(user: User, users: User[]): boolean {
  const admins = users.filter(isActiveAdmin);
  return admins.length === 1 && admins[0]?.id === user.id;
}

export const lastAdminReason = 'The last admin. Make somebody else an admin first.';

/** Why somebody cannot be disabled; null when they can. `self` is the id of the one who asks. */
export function whyNotDisabled(user: User, users: User[], self: string | undefined): string | null {
  if (isLastAdmin(user, users)) return lastAdminReason;
  if (user.id === self) return 'This is you: somebody else has to do it.';
  if (user.email === null) return 'Whoever sits at this machine: the open port is their way in.';
  return null;
}

/** Up to two letters to recognise somebody by. */
export function initialsOf(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words;
  return picked
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase();
}
