import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Batcher, type Entry } from './batcher.ts';

const limits = { queueTokens: 1000, batchTokens: 200, batchItems: 8, batchLaneItems: 4 };
const idle = { free: 2, total: 2 };

let next = 0;
function entry(fields: Partial<Entry> = {}): Entry & { id: number } {
  return { id: next++, group: 'm', tenant: 'a', lane: 'interactive', tokens: 10, deadlineAt: 0, ...fields };
}

const anyEntry = fc
  .record({
    group: fc.constantFrom('m', 'n'),
    tenant: fc.constantFrom('a', 'b', 'c'),
    lane: fc.constantFrom('interactive' as const, 'batch' as const),
    tokens: fc.integer({ min: 1, max: 300 }),
  })
  .map((fields) => entry(fields));

describe('Batcher', () => {
  test('every queued input comes out once, in batches of one group and lane within the budget', () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 60 }), (entries) => {
        const batcher = new Batcher<Entry & { id: number }>({ ...limits, queueTokens: 1e9 });
        batcher.offer(entries);
        const out: number[] = [];
        for (let batch = batcher.take(idle); batch.length > 0; batch = batcher.take(idle)) {
          expect(new Set(batch.map((each) => `${each.group} ${each.lane}`)).size).toBe(1);
          const padded = Math.max(...batch.map((each) => each.tokens)) * batch.length;
          expect(batch.length === 1 || padded <= limits.batchTokens).toBe(true);
          out.push(...batch.map((each) => each.id));
        }
        expect(out.toSorted()).toEqual(entries.map((each) => each.id).toSorted());
        expect(batcher.queuedTokens).toBe(0);
        expect(batcher.length).toBe(0);
      }),
    );
  });

  test('the oldest input is in the next batch, whatever its length', () => {
    const batcher = new Batcher(limits);
    const oldest = entry({ tokens: 190 });
    batcher.offer([oldest, ...Array.from({ length: 20 }, () => entry({ tokens: 5 }))]);
    expect(batcher.take(idle)).toContain(oldest);
  });

  test('inputs of similar length share a batch', () => {
    const batcher = new Batcher(limits);
    const short = Array.from({ length: 4 }, () => entry({ tokens: 5 }));
    const long = Array.from({ length: 4 }, () => entry({ tokens: 40 }));
    batcher.offer([short[0], long[0], short[1], long[1], short[2], long[2], short[3], long[3]] as Entry[]);
    const batch = batcher.take({ free: 2, total: 2 });
    expect(batch.map((each) => each.tokens)).toEqual([5, 5, 5, 5]);
  });

  test('what waits is shared between the workers', () => {
    const batcher = new Batcher(limits);
    batcher.offer([entry(), entry(), entry(), entry()]);
    expect(batcher.take(idle)).toHaveLength(2);
    expect(batcher.take({ free: 1, total: 2 })).toHaveLength(1);
  });

  test('bulk work waits for live work, takes small batches, and the last free worker only while nothing is live', () => {
    const batcher = new Batcher(limits);
    batcher.offer(Array.from({ length: 30 }, () => entry({ lane: 'batch' })));
    const live = entry();
    batcher.offer([live]);
    expect(batcher.take(idle)).toEqual([live]);
    expect(batcher.take({ free: 1, total: 2 })).toEqual([]);
    expect(batcher.take(idle)).toHaveLength(limits.batchLaneItems);
    expect(batcher.take({ free: 1, total: 1 })).toHaveLength(limits.batchLaneItems);
    expect(batcher.take({ free: 1, total: 2, quiet: true })).toHaveLength(limits.batchLaneItems);
  });

  test('tenants take turns, so that a large request does not hold up a small one', () => {
    const batcher = new Batcher(limits);
    batcher.offer(Array.from({ length: 50 }, () => entry({ tenant: 'big' })));
    const small = entry({ tenant: 'small' });
    batcher.offer([small]);
    expect(batcher.take({ free: 1, total: 1 })).toContain(small);
  });

  test('refuses at the limit, takes a request larger than the limit when idle, and counts what leaves', () => {
    const batcher = new Batcher(limits);
    batcher.offer([entry({ tokens: 5000 })]);
    expect(batcher.full('interactive')).toBe(true);
    expect(() => batcher.offer([entry()])).toThrow(expect.objectContaining({ code: 'overloaded' }));
    batcher.offer([entry()], { admitted: true });
    while (batcher.take(idle).length > 0);
    expect(batcher.full('interactive')).toBe(false);
    batcher.offer([entry()]);
  });

  test('bulk work that fills its lane leaves the other open', () => {
    const batcher = new Batcher(limits);
    batcher.offer([entry({ lane: 'batch', tokens: 5000 })]);
    expect(batcher.full('batch')).toBe(true);
    expect(() => batcher.offer([entry({ lane: 'batch' })])).toThrow(
      expect.objectContaining({ code: 'overloaded' }),
    );
    batcher.offer([entry()]);
    expect(batcher.tokensIn('interactive')).toBe(10);
  });

  test('removes what is cancelled and keeps the order of the rest', () => {
    const batcher = new Batcher(limits);
    const entries = [entry(), entry(), entry()];
    batcher.offer(entries);
    expect(batcher.remove((each) => each === entries[1])).toEqual([entries[1]]);
    expect(batcher.queuedTokens).toBe(20);
    expect(batcher.take({ free: 1, total: 1 })).toEqual([entries[0], entries[2]]);
  });

  test('what is put back goes first, even when the queue is full', () => {
    const batcher = new Batcher(limits);
    batcher.offer(Array.from({ length: 100 }, () => entry()));
    const lost = entry({ group: 'm#1' });
    batcher.putBack([lost]);
    expect(batcher.take({ free: 1, total: 1 })).toEqual([lost]);
  });
});
