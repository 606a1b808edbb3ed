import { createContext, Script } from 'node:vm';
import { ParlanceError } from '#contracts';
import type { Said } from './scorer.ts';

const limitMs = 2000;
const context = createContext({ work: () => {} });
const script = new Script('work()');

/**
 * What `work` on an answer returns. Throws `invalid_input` when it takes longer than two seconds: a pattern can take for ever on a text
 * that was made for it, and meanwhile nothing else in this process runs, not even what would stop it.
 */
export function inTime<T>({ sample }: Said, work: () => T): T {
  context.work = work;
  try {
    return script.runInContext(context, { timeout: limitMs }) as T;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw cause;
    throw new ParlanceError(
      'invalid_input',
      `A pattern takes more than ${limitMs / 1000} seconds on the answer to row ${sample.id}. Write it without repetitions in repetitions, such as (a+)+.`,
      { cause },
    );
  }
}
