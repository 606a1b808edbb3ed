import { setMaxListeners } from 'node:events';
import type { Sample, SampleResult } from '#contracts';
import type { ScorerTools } from '../scorers/scorer.ts';
import type { Suite } from '../suite/suite.ts';
import { askOnce } from './ask.ts';
import type { Journal } from './journal.ts';
import { Tally } from './tally.ts';
import type { Target } from './target.ts';

export interface RunSettings {
  suite: Suite;
  samples: AsyncIterable<Sample>;
  target: Target;
  journal: Journal;
  tools: ScorerTools;
  signal: AbortSignal;
  /** Hears of each result, kept from before or new, as it comes. */
  onResult?: (result: SampleResult) => void;
}

/**
 * Puts every sample to the target as often as the suite repeats, `concurrency` at a time, and keeps each result in the journal;
 * what the journal has already is not asked again. Of the results only what metrics need stays in memory. Rejects with
 * `cancelled` when the signal aborts, and with whatever a scorer or the journal throws; the journal then has all that was finished.
 */
export async function runSuite(settings: RunSettings): Promise<Tally> {
  const { suite, samples, target, journal, tools, signal, onResult } = settings;
  const tally = new Tally(suite);
  const take = (result: SampleResult) => {
    tally.add(result);
    onResult?.(result);
  };
  for await (const kept of journal.read()) take(kept);
  const questions = questionsOf(samples, suite.document.repeats);
  const stopping = new AbortController();
  const either = AbortSignal.any([signal, stopping.signal]);
  // Every question that is on its way listens: many listeners are expected, not a leak.
  setMaxListeners(0, either);
  const lane = async () => {
    for (let next = await questions.next(); !next.done; next = await questions.next()) {
      const { sample, repeat } = next.value;
      tally.expect(sample.id, repeat);
      if (tally.has(sample.id, repeat)) continue;
      either.throwIfAborted();
      const result = await askOnce(suite, target, sample, repeat, { tools, signal: either });
      await journal.add(result);
      take(result);
    }
  };
  const lanes = Array.from({ length: suite.document.concurrency }, () =>
    lane().catch((error) => {
      stopping.abort(error);
      throw error;
    }),
  );
  await Promise.allSettled(lanes);
  // What stopped the others; they only say that they were stopped.
  if (stopping.signal.aborted) throw stopping.signal.reason;
  return tally;
}

async function* questionsOf(samples: AsyncIterable<Sample>, repeats: number) {
  for await (const sample of samples) {
    for (let repeat = 0; repeat < repeats; repeat++) yield { sample, repeat };
  }
}
