import { describe, expect, it } from 'vitest';
import type { GateRule } from '#contracts';
import { fakeTarget, finished, labelSuite, run, wrongAt } from '../run/fixture.ts';

const runs = async (gates: GateRule[], before: number, now: number, rows = 600) => {
  const suite = labelSuite(rows, { gates });
  const old = await run(suite, fakeTarget(wrongAt(before, 5)));
  return finished(await run(suite, fakeTarget(wrongAt(now, 5))), old);
};

describe('gates', () => {
  it('turn red for a planted regression', async () => {
    const { gates, outcome, comparison } = await runs([{ metric: 'accuracy', margin: 0.02 }], 0.1, 0.18);
    expect(outcome).toBe('failed');
    expect(gates).toMatchObject([{ metric: 'accuracy', outcome: 'failed' }]);
    expect(comparison?.metrics[0]).toMatchObject({ metric: 'accuracy', slice: null, verdict: 'worse' });
    expect(comparison?.metrics[0]?.words).toMatch(/^Worse by \d/);
  });

  it('stay green for the same answers', async () => {
    const { gates, outcome } = await runs([{ metric: 'accuracy', margin: 0.02, floor: 0.8 }], 0.1, 0.1);
    expect(gates.map((gate) => gate.outcome)).toEqual(['passed', 'passed']);
    expect(outcome).toBe('passed');
  });

  it('stay green for the same answers on a few rows without a margin, and not once one row is lost', async () => {
    const gate = { metric: 'accuracy', margin: 0 };
    expect((await runs([gate], 0.1, 0.1, 15)).gates).toMatchObject([{ outcome: 'passed' }]);
    expect((await runs([gate], 0.1, 0.3, 15)).outcome).not.toBe('passed');
  });

  it('cannot be decided by a few rows, which is no pass', async () => {
    const { gates, outcome } = await runs([{ metric: 'accuracy', floor: 0.8 }], 0.1, 0.1, 30);
    expect(gates[0]?.outcome).toBe('inconclusive');
    expect(gates[0]?.words).toContain('more rows would tell');
    expect(outcome).toBe('inconclusive');
  });

  it('hold a single class and the slices to their own floors', async () => {
    const suite = labelSuite(900, {
      gates: [
        { metric: 'f1.negative', floor: 0.9 },
        { metric: 'accuracy', sliceFloor: 0.9 },
      ],
    });
    const rareIsWrong = fakeTarget(({ slices, expected }) => (slices.kind === 'rare' ? 'neutral' : expected));
    const { gates } = finished(await run(suite, rareIsWrong));
    expect(gates.find(({ metric }) => metric === 'f1.negative')?.outcome).toBe('failed');
    expect(gates.filter(({ slice }) => slice).map(({ slice, outcome }) => [slice, outcome])).toEqual([
      ['kind=rare', 'failed'],
      ['kind=common', 'passed'],
    ]);
  });

  it('take lower for better where it is, as for errors of calibration', async () => {
    const suite = labelSuite(90, {
      scorers: [{ name: 'latency' }],
      gates: [{ metric: 'latency', ceiling: 10_000 }],
    });
    expect(finished(await run(suite, fakeTarget())).gates[0]?.outcome).toBe('passed');
  });
});

describe('two runs', () => {
  it('are compared slice by slice, and only where there are rows enough', async () => {
    const { comparison } = await runs([], 0.1, 0.3, 60);
    const slices =
      comparison?.metrics.filter(({ metric, slice }) => metric === 'accuracy' && slice !== null) ?? [];
    expect(slices.map(({ slice, rows, p }) => [slice, rows, p === null])).toEqual([
      ['kind=rare', 21, true],
      ['kind=common', 39, false],
    ]);
    expect(slices[0]?.words).toMatch(/^Not tested/);
  });

  it('are neither faster nor slower than each other', async () => {
    const suite = labelSuite(90, { scorers: [{ name: 'latency' }] });
    const hasty = await run(suite, fakeTarget());
    const slow = await run(suite, fakeTarget());
    for (const row of slow.rows) row.evidence[0] = 10_000;
    const { comparison } = finished(slow, hasty);
    expect(comparison?.metrics.every(({ p, verdict }) => p === null && verdict === 'inconclusive')).toBe(
      true,
    );
    expect(comparison?.metrics[0]?.words).toMatch(/^Not tested: −[\d,.]+ ms .* on 90 rows/);
  });

  it('are compared on the rows that both have', async () => {
    const before = await run(labelSuite(200), fakeTarget(wrongAt(0.2, 1)));
    const now = await run(labelSuite(300), fakeTarget(wrongAt(0.2, 1)));
    expect(finished(now, before).comparison?.metrics[0]).toMatchObject({ rows: 200, difference: 0 });
  });
});
