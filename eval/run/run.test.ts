import { describe, expect, it } from 'vitest';
import type { Sample, SampleResult } from '#contracts';
import { failing, fakeTarget, finished, labelSuite, labels, run, wrongAt } from './fixture.ts';
import { MemoryJournal } from './journal.ts';

describe('a run', () => {
  it('asks every row and measures what was said', async () => {
    const target = fakeTarget(wrongAt(0.2, 7));
    const { metrics, slices, counts, matrix, outcome } = finished(await run(labelSuite(300), target));
    expect(target.asked).toBe(300);
    expect(counts).toEqual({ rows: 300, asked: 300, errored: 0, abstained: 0 });
    expect(metrics.accuracy?.method).toBe('wilson');
    expect(metrics.accuracy?.value).toBeCloseTo(0.8, 1);
    expect(metrics.f1?.method).toBe('bootstrap');
    expect(Object.keys(slices.kind ?? {}).sort()).toEqual(['common', 'rare']);
    expect(slices.kind?.rare?.rows).toBe(102);
    expect(matrix?.labels).toEqual(labels);
    expect(matrix?.counts.flat().reduce((sum, count) => sum + count)).toBe(300);
    expect(outcome).toBe('passed');
  });

  it('measures of a slice with very many values those with the most rows', async () => {
    const tally = await run(labelSuite(300), fakeTarget());
    for (const [at, row] of tally.rows.entries()) row.slices.kind = at < 200 ? `rare ${at}` : 'late';
    const { kind = {} } = finished(tally).slices;
    expect(Object.keys(kind)).toHaveLength(50);
    expect(kind.late?.rows).toBe(100);
  });

  it('counts an error as a wrong answer: 10 of 100 lower the score, and fail the run', async () => {
    const suite = labelSuite(100);
    const broken = await run(
      suite,
      fakeTarget((sample, asked) => (asked <= 10 ? failing() : sample.expected)),
    );
    const { metrics, counts, outcome } = finished(broken);
    expect(counts.errored).toBe(10);
    expect(metrics.accuracy).toMatchObject({ value: 0.9, rows: 100, errored: 10 });
    expect(metrics.f1?.value).toBeLessThan(1);
    expect(outcome).toBe('failed');
  });

  it('scores chance where the labels were shuffled', async () => {
    const suite = labelSuite(900);
    const shuffled = await run(
      suite,
      fakeTarget((_, asked) => labels[(asked * 7919) % 3] as string),
    );
    const { metrics } = finished(await run(suite, fakeTarget(wrongAt(2 / 3, 3))));
    expect(metrics.accuracy?.low).toBeLessThan(1 / 3);
    expect(metrics.accuracy?.high).toBeGreaterThan(1 / 3);
    expect(finished(shuffled).metrics.accuracy?.rows).toBe(900);
  });

  it('goes on where it was cut off, and ends as if it had not been', async () => {
    const suite = labelSuite(120, { repeats: 2 });
    const whole = finished(await run(suite, fakeTarget(wrongAt(0.3, 1))));

    const journal = new MemoryJournal();
    const cut = new AbortController();
    const answer = wrongAt(0.3, 1);
    const first = fakeTarget((sample, asked) => {
      if (asked === 100) cut.abort();
      return answer(sample);
    });
    await expect(run(suite, first, journal, cut.signal)).rejects.toThrow();
    expect(journal.results.length).toBeGreaterThan(50);
    expect(journal.results.length).toBeLessThan(150);

    const second = fakeTarget(answer);
    const resumed = finished(await run(suite, second, journal));
    expect(resumed).toEqual(whole);
    expect(first.asked + second.asked).toBeLessThanOrEqual(240 + suite.document.concurrency);
  });

  it('asks again for each repeat, and takes the answers of a row for one group', async () => {
    const target = fakeTarget();
    const { metrics } = finished(await run(labelSuite(20, { repeats: 5 }), target));
    expect(metrics['accuracy.pass^5']).toMatchObject({ value: 1, rows: 20 });
    expect(target.asked).toBe(100);
    expect(metrics.accuracy).toMatchObject({ rows: 100, value: 1 });
    // Twenty rows of which all are right, and not a hundred.
    expect(metrics.accuracy?.low).toBeLessThan(0.85);
  });

  it('tells how likely one of several answers is right, and how likely all are', async () => {
    const seen = new Map<string, number>();
    const second = fakeTarget(({ id, expected }) => {
      seen.set(id, (seen.get(id) ?? 0) + 1);
      return seen.get(id) === 2 ? expected : 'never';
    });
    const suite = labelSuite(30, {
      repeats: 2,
      concurrency: 1,
      gates: [{ metric: 'accuracy.pass@2', floor: 0.8 }],
    });
    const { metrics, gates } = finished(await run(suite, second));
    expect(metrics.accuracy?.value).toBe(0.5);
    expect(metrics['accuracy.pass@2']?.value).toBe(1);
    expect(metrics['accuracy.pass^2']?.value).toBe(0);
    expect(gates).toMatchObject([{ metric: 'accuracy.pass@2', outcome: 'passed' }]);
  });

  it('never has more on its way than it may', async () => {
    let now = 0;
    let most = 0;
    const target = {
      ...fakeTarget(),
      ask: async () => {
        most = Math.max(most, ++now);
        await new Promise((resolve) => setTimeout(resolve, 1));
        now--;
        return { output: 'neutral' };
      },
    };
    await run(labelSuite(60, { concurrency: 3 }), target);
    expect(most).toBe(3);
  });

  it('ends with what a scorer cannot judge, and keeps what was finished', async () => {
    const suite = labelSuite(1, { scorers: [{ name: 'accuracy', expects: '/nothing' }] });
    await expect(run(suite, fakeTarget())).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it('ends with what stopped it, and not with what that stopped', async () => {
    const slow = {
      ...fakeTarget(),
      ask: ({ id }: Sample, signal: AbortSignal) =>
        new Promise<{ output: string }>((resolve, reject) => {
          if (id === 'row-1') resolve({ output: 'neutral' });
          else signal.addEventListener('abort', () => reject(signal.reason));
        }),
    };
    const full = new MemoryJournal();
    full.add = () => Promise.reject(new Error('The disk is full.'));
    await expect(run(labelSuite(2, { concurrency: 2 }), slow, full)).rejects.toThrow('The disk is full.');
  });

  it('tells what each answer scored, and why', async () => {
    const journal = new MemoryJournal();
    const suite = labelSuite(3);
    await run(
      suite,
      fakeTarget((_, asked) => (asked === 2 ? failing() : 'negative')),
      journal,
    );
    const byId = new Map(journal.results.map((result) => [result.id, result] as [string, SampleResult]));
    expect(byId.get('row-0')?.scores.accuracy).toMatchObject({ value: 1 });
    expect(byId.get('row-1')?.scores.accuracy).toMatchObject({
      value: 0,
      reason: 'provider_failed: The provider broke.',
    });
    expect(byId.get('row-2')?.scores.accuracy).toMatchObject({
      value: 0,
      reason: 'negative instead of positive',
    });
  });
});
