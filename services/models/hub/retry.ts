import { setTimeout as wait } from 'node:timers/promises';
import { ParlanceError } from '#contracts';
import { PassingFailure } from './refusals.ts';

/** Tries in a row that brought nothing, and tries in all. */
const maxTries = 5;
const maxTriesInAll = 100;
/** Who is told to wait for longer is better told to come back. */
const longestWaitMs = 60_000;

/**
 * Does `work` again while it fails in a way that may pass, after the wait that the hub asks for or a growing one. `progressed` says
 * whether a try brought something, which makes the next one the first.
 * @param baseMs the first wait
 */
export async function withRetries<T>(
  work: () => Promise<T>,
  {
    signal,
    baseMs,
    progressed = () => false,
  }: { signal: AbortSignal; baseMs: number; progressed?: () => boolean },
): Promise<T> {
  let tries = 0;
  for (let all = 1; ; all++) {
    tries++;
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof PassingFailure)) throw error;
      if (progressed()) tries = 1;
      const pause = error.afterMs ?? baseMs * 2 ** (tries - 1) * (0.5 + Math.random() / 2);
      if (tries >= maxTries || all >= maxTriesInAll || pause > longestWaitMs) throw error;
      await wait(pause, undefined, { signal }).catch((cause) => {
        throw new ParlanceError('cancelled', 'The pull was cancelled.', { cause });
      });
    }
  }
}
