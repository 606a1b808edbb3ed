import { z } from 'zod';

type Json = z.infer<ReturnType<typeof z.json>>;

/** Objects and lists inside one another; deeper than this nobody reads, and a program may run out of stack. */
const maxDepth = 64;

/** Whatever looks at it next would run out of stack otherwise. */
export const shallow = z
  .unknown()
  .refine(isShallow, { error: `This is nested deeper than ${maxDepth} levels.`, abort: true });

/** Any JSON, not nested without end. `z.json()` refers to itself, which the OpenAPI document cannot describe. */
export const anyJson = shallow.refine((value) => value !== undefined, {
  error: 'This is missing; null says that there is none.',
  abort: true,
}) as unknown as z.ZodType<Json>;

/** JSON of at most so many characters. */
export const jsonWithin = (most: number) =>
  anyJson.refine((value) => JSON.stringify(value).length <= most, `This is longer than ${most} characters.`);

function isShallow(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) return false;
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
  return true;
}
