import { type Column, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { ParlanceError } from '#contracts';

/** What the last row of a page was ordered by, as `next` of the page. */
export const cursorOf = (...place: (string | number | boolean)[]): string =>
  Buffer.from(JSON.stringify(place)).toString('base64url');

/** The same read back; undefined for the first page. Throws `invalid_input` for what no page of this list gave. */
export function placeOf<T extends z.ZodTuple>(cursor: string | undefined, shape: T): z.infer<T> | undefined {
  if (cursor === undefined) return undefined;
  try {
    return shape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch (cause) {
    throw new ParlanceError('invalid_input', 'Pass `next` of the page before.', {
      cause,
      details: { errors: [{ pointer: '/after', detail: 'This is not a cursor of this list.' }] },
    });
  }
}

/** A text of a cursor: PostgreSQL has none with U+0000. */
export const placeText = z
  .string()
  .max(400)
  .regex(/^[^\0]*$/);

/** The place of a row among others of its kind. */
export const rowNumber = z.number().int().min(0).max(2_147_483_647);

/** The place of lists that are ordered by an id. */
export const idPlace = z.tuple([placeText]);

/**
 * Whether a column has the text in it, in large or small letters: a regular expression that is one literal, found three times as fast
 * as by `ilike`.
 */
export const holds = (column: Column, text: string): SQL => sql`${column} ~* ${`***=${text}`}`;

/** The same for a text that stands in JSON, where some characters are written otherwise. */
export const holdsInJson = (column: Column, text: string): SQL =>
  holds(column, JSON.stringify(text).slice(1, -1));
