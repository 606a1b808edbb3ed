import { z } from 'zod';
import { ParlanceError, type SuiteDocument } from '#contracts';
import { fingerprintOf } from './fingerprint.ts';

/** What each version of a suite meant when it first ran; kept beside the suite as `<suite>.lock.json`. */
const lock = z.record(z.string().regex(/^\d+$/), z.string());
export type SuiteLock = z.infer<typeof lock>;

/** Reads a lock. Throws `invalid_input` when it is not one. */
export function readLock(text: string): SuiteLock {
  try {
    return lock.parse(JSON.parse(text));
  } catch (cause) {
    throw new ParlanceError(
      'invalid_input',
      'The lock of this suite cannot be read: restore it from version control.',
      {
        cause,
      },
    );
  }
}

/**
 * The lock with this suite in it: the same one when it knows the version, with a new entry when it does not. Throws `conflict`
 * when the version is known and meant something else, since runs of it could no longer be compared.
 */
export function locked(known: SuiteLock, suite: SuiteDocument): SuiteLock {
  const version = String(suite.version);
  const fingerprint = fingerprintOf(suite);
  if (known[version] === fingerprint) return known;
  if (known[version] === undefined) return { ...known, [version]: fingerprint };
  const next = Math.max(...Object.keys(known).map(Number)) + 1;
  throw new ParlanceError(
    'conflict',
    `Rows, scorers, slices, repeats or prompt of ${suite.suite} have changed since version ${version} first ran. Set "version: ${next}", or undo the change.`,
  );
}
