import type { Options } from '@node-rs/argon2';
import { ParlanceError } from '#contracts';

/** Argon2id, the library's default, at what OWASP's Password Storage Cheat Sheet has: 19 MiB, two passes. */
const cost: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Of nobody's password, at the same cost: who does not exist must take as long to refuse as who does. */
export const nobodysHash =
  '$argon2id$v=19$m=19456,t=2,p=1$58dr02CRLT5R8aphF6gzuw$XcepmpdORUsuVxSK1/r34mzHtO8ZCjI2sigQINA9bU4';

/** They share four threads with everything that reads files: a flood of sign-ins must leave some turns to the rest. */
const mostAtOnce = 8;
let atOnce = 0;

/** What is kept of a password. Throws `overloaded` when too many are being worked on. */
export function hashPassword(password: string): Promise<string> {
  return bounded(async () => (await argon2()).hash(normal(password), cost));
}

/** Whether it is the password of that hash; of null it never is, and takes as long. Throws `overloaded`. */
export function isPassword(password: string, kept: string | null): Promise<boolean> {
  return bounded(async () => {
    const fits = await (await argon2()).verify(kept ?? nobodysHash, normal(password));
    return fits && kept !== null;
  });
}

/** Native code: only who signs in waits for it to load. */
const argon2 = async () => (await import('@node-rs/argon2')).default;

/** The same characters however a keyboard composes them (NIST SP 800-63B). */
const normal = (password: string) => password.normalize('NFKC');

async function bounded<T>(work: () => Promise<T>): Promise<T> {
  if (atOnce >= mostAtOnce) {
    const details = { retryAfter: 1 };
    throw new ParlanceError('overloaded', 'Many people are signing in. Try again in a moment.', { details });
  }
  atOnce++;
  try {
    return await work();
  } finally {
    atOnce--;
  }
}
