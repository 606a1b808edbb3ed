import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ModelRecords } from './model-records.ts';
import { ResidentModels } from './resident-models.ts';

const resident = (id: string, bytes: number, usedAt: number) => ({ id, revision: '1', bytes, usedAt });

describe('the models of a worker', () => {
  test('the least recently used go first, and pinned ones never', () => {
    const models = new ResidentModels();
    for (const [at, id] of ['a', 'b', 'c'].entries()) models.add(resident(id, 10, at));
    models.use('a', 9);
    expect(models.makeRoom(10, 30, () => false)).toEqual(['b']);
    expect(models.makeRoom(10, 30, (id) => id === 'b')).toEqual(['c']);
    expect(models.makeRoom(0, 30, () => false)).toEqual([]);
    expect(models.makeRoom(31, 30, () => false)).toBeUndefined();
  });

  test('room is made exactly where there can be, and no model goes without need', () => {
    const held = fc.array(fc.record({ bytes: fc.nat(50), usedAt: fc.nat(9), kept: fc.boolean() }), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(held, fc.nat(60), fc.nat(200), (list, bytes, budget) => {
        const models = new ResidentModels();
        for (const [at, each] of list.entries()) models.add(resident(`${at}`, each.bytes, each.usedAt));
        const keeps = (id: string) => list[Number(id)]?.kept ?? false;
        const bytesOf = (ids: string[]) => ids.reduce((sum, id) => sum + (models.get(id)?.bytes ?? 0), 0);
        const going = models.makeRoom(bytes, budget, keeps);
        const movable = models.all.map(({ id }) => id).filter((id) => !keeps(id));
        const heldWithout = (gone: string[]) => models.bytes - bytesOf(gone) + bytes;
        if (!going) {
          expect(heldWithout(movable)).toBeGreaterThan(budget);
          return;
        }
        expect(going.some(keeps)).toBe(false);
        expect(heldWithout(going)).toBeLessThanOrEqual(budget);
        if (going.length > 0) expect(heldWithout(going.slice(0, -1))).toBeGreaterThan(budget);
      }),
    );
  });
});

describe('the records of models', () => {
  test('a model that failed is refused for a while, longer each time, until it loads', () => {
    const records = new ModelRecords(1000);
    records.failed('m', { reason: 'why' }, 0);
    expect(records.refusal('m', 999)).toMatchObject({ code: 'model_unavailable', message: /why/ });
    expect(records.refusal('m', 1000)).toBeUndefined();
    records.failed('m', { reason: 'why' }, 1000);
    expect(records.refusal('m', 2500)?.details.retryAfter).toBe(1);
    expect(records.refusal('m', 3000)).toBeUndefined();
    for (let times = 0; times < 40; times++) records.failed('m', { reason: 'why' }, 0);
    expect(records.refusal('m', 0)?.details.retryAfter).toBe(600);
    records.loaded('m', 5, 7);
    expect(records.refusal('m', 0)).toBeUndefined();
  });

  test('workers that die in a row count against it, and an answer in between clears it', () => {
    const records = new ModelRecords(1000);
    for (let times = 0; times < 2; times++) records.died('m', 0);
    records.answered('m', { texts: 1, tokens: 3, busyMs: 2 });
    for (let times = 0; times < 2; times++) records.died('m', 0);
    expect(records.refusal('m', 0)).toBeUndefined();
    records.died('m', 0);
    expect(records.refusal('m', 0)).toMatchObject({ code: 'model_unavailable' });
    expect(records.get('m')).toMatchObject({ texts: 1, tokens: 3, busyMs: 2 });
  });
});
