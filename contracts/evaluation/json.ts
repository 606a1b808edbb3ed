import { z } from 'zod';

type Json = z.infer<ReturnType<typeof z.json>>;

/** Objects and lists inside one another; deeper than this nobody reads, and a program may run out of stack. */
const maxDepth = 64;

export const shallow = z.unknown().refine(isShallow, `This is nested deeper than ${maxDepth} levels.`);

/** Any JSON, not nested without end. `z.json()` refers to itself, which the OpenAPI document cannot describe. */
export const anyJson = shallow.refine(
  (value) => value !== undefined,
  'This is missing; null says that there is none.',
) as unknown as z.ZodType<Json>;

function isShallow(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) return false;
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
  return true;
}
