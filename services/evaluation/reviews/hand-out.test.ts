import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Hand,
  hasPlace,
  type Item,
  itemFor,
  leaseMs,
  type RaterAction,
  stateAfter,
} from './hand-out.ts';

/** A queue in memory that does what the one in the database does, with these rules. */
class Queue {
  now = 1_000_000;
  readonly hands: Hand[] = [];
  constructor(readonly items: Item[]) {}

  next(rater: string): string | null {
    const itemId = itemFor(this.items, this.hands, rater, this.now);
    if (itemId === null) return null;
    const until = this.now + leaseMs;
    const own = this.handOf(rater, itemId);
    if (own) own.until = until;
    else this.hands.push({ itemId, rater, state: 'leased', until });
    return itemId;
  }

  /** Throws what the rules throw. */
  act(rater: string, itemId: string, action: RaterAction): void {
    const own = this.handOf(rater, itemId);
    const item = this.items.find(({ id }) => id === itemId) as Item;
    const state = stateAfter(action, own?.state, hasPlace(item, this.hands, rater, this.now));
    Object.assign(own as Hand, { state, until: state === 'leased' ? this.now + leaseMs : own?.until });
  }

  handOf = (rater: string, itemId: string) =>
    this.hands.find((hand) => hand.rater === rater && hand.itemId === itemId);

  /** Raters who judged an item or may still. */
  holders = (itemId: string) =>
    this.hands.filter(
      ({ itemId: id, state, until }) =>
        id === itemId && (state === 'judged' || (state === 'leased' && until > this.now)),
    ).length;
}

describe('handing out', () => {
  const two = () =>
    new Queue([
      { id: 'x', raters: 1 },
      { id: 'y', raters: 2 },
    ]);

  it('gives each rater what has a place for them, in the order of the queue', () => {
    const queue = two();
    expect([queue.next('ann'), queue.next('ann'), queue.next('bob'), queue.next('cem')]).toEqual([
      ...['x', 'x', 'y', 'y'],
    ]);
    expect(queue.next('dan')).toBeNull();
    queue.act('ann', 'x', 'judge');
    expect(queue.next('ann')).toBeNull();
    queue.act('bob', 'y', 'skip');
    expect([queue.next('bob'), queue.next('ann')]).toEqual([null, 'y']);
  });

  it('gives to another what was kept for too long, and takes it from whoever had it', () => {
    const queue = two();
    queue.next('ann');
    queue.now += leaseMs - 1;
    expect(queue.next('bob')).toBe('y');
    queue.now += 1;
    expect([queue.next('cem'), queue.next('dan')]).toEqual(['x', 'y']);
    expect(() => queue.act('ann', 'x', 'judge')).toThrow(/too long/);
    expect(queue.next('ann')).toBeNull();
    queue.now += leaseMs;
    queue.act('ann', 'x', 'judge');
    expect(() => queue.act('cem', 'x', 'judge')).toThrow(/too long/);
  });

  it('lets nobody act on what is not theirs', () => {
    const queue = two();
    queue.next('ann');
    for (const action of ['judge', 'skip', 'undo'] as const)
      expect(() => queue.act('bob', 'x', action)).toThrow();
    expect(() => queue.act('ann', 'x', 'undo')).toThrow(/nothing of yours/);
    queue.act('ann', 'x', 'judge');
    queue.act('ann', 'x', 'judge');
    expect(() => queue.act('ann', 'x', 'skip')).toThrow(/Undo/);
  });

  it('takes a skip back only while the item has a place', () => {
    const queue = two();
    queue.next('ann');
    queue.act('ann', 'x', 'skip');
    expect(() => queue.act('ann', 'x', 'judge')).toThrow(/Undo/);
    queue.act('ann', 'x', 'undo');
    queue.act('ann', 'x', 'skip');
    queue.next('bob');
    expect(() => queue.act('ann', 'x', 'undo')).toThrow(/Somebody else/);
  });
});

type Step = { rater: string; item: number; do: RaterAction | 'next' | 'wait' };
const step: fc.Arbitrary<Step> = fc.record({
  rater: fc.constantFrom('ann', 'bob', 'cem', 'dan', 'eve', 'fay'),
  item: fc.nat(5),
  do: fc.constantFrom('next', 'next', 'judge', 'judge', 'skip', 'undo', 'wait'),
});
const items = fc
  .array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 6 })
  .map((all) => all.map((raters, at): Item => ({ id: `${at}`, raters })));

describe('in any interleaving', () => {
  it('no item has more raters than it needs, and nobody is given what they are done with', () => {
    fc.assert(
      fc.property(items, fc.array(step, { maxLength: 120 }), (all, steps) => {
        const queue = new Queue(all);
        for (const { rater, item, do: what } of steps) {
          const id = `${item % all.length}`;
          if (what === 'wait') queue.now += leaseMs / 2;
          else if (what === 'next') {
            const done = queue.hands.filter((hand) => hand.rater === rater && hand.state !== 'leased');
            const given = queue.next(rater);
            expect(done.map(({ itemId }) => itemId)).not.toContain(given);
          } else
            try {
              queue.act(rater, id, what);
            } catch (error) {
              expect(error).toMatchObject({ code: 'conflict' });
            }
          for (const each of all) expect(queue.holders(each.id)).toBeLessThanOrEqual(each.raters);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('undoing restores what was, but for the time that is left', () => {
    fc.assert(
      fc.property(items, fc.array(step, { maxLength: 60 }), step, (all, steps, last) => {
        const queue = new Queue(all);
        for (const { rater, item, do: what } of steps) {
          if (what === 'next') queue.next(rater);
          else if (what !== 'wait' && queue.handOf(rater, `${item % all.length}`)?.state === 'leased')
            if (what !== 'undo') queue.act(rater, `${item % all.length}`, what);
        }
        const id = queue.next(last.rater);
        if (id === null) return;
        const before = structuredClone(queue.hands);
        queue.act(last.rater, id, last.do === 'skip' ? 'skip' : 'judge');
        queue.act(last.rater, id, 'undo');
        expect(queue.hands).toEqual(before);
        expect(queue.next(last.rater)).toBe(id);
      }),
    );
  });

  it('everything is judged by as many as it needs when enough of them go on to the end', () => {
    fc.assert(
      fc.property(items, fc.infiniteStream(fc.nat(5)), (all, turns) => {
        const queue = new Queue(all);
        const raters = ['ann', 'bob', 'cem', 'dan', 'eve', 'fay'];
        for (const turn of turns) {
          const rater = raters[turn] as string;
          const given = queue.next(rater);
          if (given !== null) queue.act(rater, given, 'judge');
          if (raters.every((each) => itemFor(all, queue.hands, each, queue.now) === null)) break;
        }
        for (const { id, raters: wanted } of all) expect(queue.holders(id)).toBe(wanted);
      }),
    );
  });
});
