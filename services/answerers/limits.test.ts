import fc from 'fast-check';
import { expect, it } from 'vitest';
import { limited } from './limits.ts';

async function read(pieces: string[], limits: { stop: string[]; maxLength?: number }) {
  const source = (async function* () {
    yield* pieces;
  })();
  const said: string[] = [];
  for (const reading = limited(source, limits); ; ) {
    const { done, value } = await reading.next();
    if (done) return { said, finish: value };
    said.push(value);
  }
}

const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '👍'), maxLength: 30 });
const stops = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', ' '), minLength: 1, maxLength: 4 }), {
  maxLength: 4,
});

it('a text ends where it would have ended in one piece, however it is cut', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(text), stops, fc.option(fc.nat(40)), async (pieces, stop, most) => {
      const all = pieces.join('');
      // The first stop text that is complete ends it, the longest of those that end together.
      const complete = Array.from({ length: all.length }, (_, at) => all.slice(0, at + 1)).find((said) =>
        stop.some((each) => said.endsWith(each)),
      );
      const longest = Math.max(
        0,
        ...stop.filter((each) => complete?.endsWith(each)).map((each) => each.length),
      );
      const end = complete === undefined ? all.length : complete.length - longest;
      const maxLength = most ?? Number.POSITIVE_INFINITY;
      const { said, finish } = await read(pieces, { stop, maxLength });
      const expected = all.slice(0, Math.min(end, maxLength)).replace(/[\ud800-\udbff]$/, '');
      expect(said.join('')).toBe(expected);
      expect(finish).toBe(expected.length < end ? 'length' : 'stop');
      expect(said).not.toContain('');
    }),
    { numRuns: 300, examples: [[[' ', 'b '], ['b', ' b '], null]] },
  );
});

it('a piece is said at once unless it may be the beginning of a stop text', async () => {
  expect(await read(['one ', 'two S', 'TO', 'NE ', 'STOP not said'], { stop: ['STOP'] })).toEqual({
    said: ['one ', 'two ', 'STONE '],
    finish: 'stop',
  });
});
