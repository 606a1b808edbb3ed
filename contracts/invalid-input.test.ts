import { expect, it } from 'vitest';
import { z } from 'zod';
import { invalidInput } from './invalid-input.ts';

const texts = [z.string(), z.array(z.string()).max(2), z.array(z.number()).min(1)] as const;
const said = 'Send a text, or one or two.';

function errorsOf(schema: z.ZodType, value: unknown) {
  const { error } = schema.safeParse(value);
  return error && invalidInput(error).details.errors;
}

it('a list that is too long is told as such, and not as one of another kind', () => {
  const list = ['a', 'b', 'c'];
  expect(errorsOf(z.object({ input: z.union(texts, said) }), { input: list })).toEqual([
    { pointer: '/input', detail: said },
  ]);
  expect(errorsOf(z.union(texts), list)).toEqual([{ pointer: '', detail: expect.stringContaining('<=2') }]);
  expect(errorsOf(z.union(texts, said), ['a', 1])).toMatchObject([{ pointer: '/1' }]);
});

it('of a field that is missing it is said what belongs there', () => {
  const schema = z.object({ a: z.object({}), b: z.string(), c: z.string('Say which.'), d: z.int() });
  expect(errorsOf(schema, {})).toEqual([
    { pointer: '/a', detail: 'This is missing. Send an object.' },
    { pointer: '/b', detail: 'This is missing. Send a string.' },
    { pointer: '/c', detail: 'Say which.' },
    { pointer: '/d', detail: expect.stringMatching(/^This is missing\. Send an? (int|number)\.$/) },
  ]);
});
