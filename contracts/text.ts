import { z } from 'zod';

/** A text that is kept. PostgreSQL stores no U+0000, and half a surrogate pair cannot be written as UTF-8. */
export const storedText = z
  .string()
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is the one that is refused
  .regex(/^[^\u0000]*$/, 'Remove the character U+0000.')
  .refine((text) => !/\p{Surrogate}/u.test(text), 'Remove the half of a surrogate pair.');

/** The identifier of a record in a path. What looks otherwise names nothing that was ever made. */
export const recordId = z.string().regex(/^[\w-]{1,64}$/, 'This is not an identifier.');

/** The `Idempotency-Key` header: whatever the client likes, in printable ASCII. */
export const idempotencyKey = z
  .string()
  .regex(/^[ -~]{1,200}$/, 'Send 1 to 200 printable ASCII characters, such as a UUID.')
  .describe('The same request with the same key, within a day, is carried out once');
