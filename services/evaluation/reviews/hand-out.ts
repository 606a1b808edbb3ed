import { ParlanceError } from '#contracts';

/** How long an item is a rater's before somebody else may have it. */
export const leaseMs = 15 * 60_000;

/** An item, as far as handing it out goes. */
export interface Item {
  id: string;
  /** How many are to judge it. */
  raters: number;
}

/** An item with a rater. `until` is when the lease ends, in milliseconds; it means nothing once the item was judged. */
export interface Hand {
  itemId: string;
  rater: string;
  state: 'leased' | 'judged' | 'skipped';
  until: number;
}

/** Takes one of the places an item has. What was skipped, or was leased for too long, takes none. */
const takesPlace = ({ state, until }: Hand, now: number) =>
  state === 'judged' || (state === 'leased' && until > now);

/** Whether an item has a place for the rater beside all others. */
export function hasPlace(item: Item, hands: readonly Hand[], rater: string, now: number): boolean {
  const others = hands.filter(
    (hand) => hand.itemId === item.id && hand.rater !== rater && takesPlace(hand, now),
  );
  return others.length < item.raters;
}

/**
 * The item that a rater is to have now: the one they have open, the latest first, else the first in the queue that has a place
 * for them and that they neither judged nor skipped. Null when nothing is left for them.
 */
export function itemFor(
  items: readonly Item[],
  hands: readonly Hand[],
  rater: string,
  now: number,
): string | null {
  const taken = new Map<string, number>();
  const own = new Map<string, Hand>();
  for (const hand of hands) {
    if (hand.rater === rater) own.set(hand.itemId, hand);
    else if (takesPlace(hand, now)) taken.set(hand.itemId, (taken.get(hand.itemId) ?? 0) + 1);
  }
  const free = items.filter(({ id, raters }) => (taken.get(id) ?? 0) < raters);
  const open = free.flatMap(({ id }) => {
    const hand = own.get(id);
    return hand?.state === 'leased' ? hand : [];
  });
  open.sort((a, b) => b.until - a.until);
  return open[0]?.itemId ?? free.find(({ id }) => !own.has(id))?.id ?? null;
}

export type RaterAction = 'judge' | 'skip' | 'undo';

/**
 * What becomes of an item in a rater's hands by what they do; undefined is an item they never had. `free` is whether it has a place
 * for them. Throws `conflict` for what cannot be done, with what to do instead.
 */
export function stateAfter(
  action: RaterAction,
  state: Hand['state'] | undefined,
  free: boolean,
): Hand['state'] {
  if (action === 'undo') {
    if (state === 'judged') return 'leased';
    if (state === 'skipped' && free) return 'leased';
    throw conflict(
      state === 'skipped'
        ? 'Somebody else has this item by now. Ask for the next one.'
        : 'There is nothing of yours to undo here.',
    );
  }
  if (state === undefined) throw conflict('This item is not yours. Ask for the next one.');
  if (state === 'skipped') throw conflict('You skipped this item. Undo that first.');
  if (action === 'skip') {
    if (state === 'judged') throw conflict('You judged this item. Undo that first.');
    return 'skipped';
  }
  if (state === 'leased' && !free)
    throw conflict('You had this item for too long, and somebody else has it. Ask for the next one.');
  return 'judged';
}

const conflict = (message: string) => new ParlanceError('conflict', message);
