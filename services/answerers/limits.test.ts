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
      const places = stop.map((each) => all.indexOf(each)).filter((at) => at >= 0);
      const end = Math.min(all.length, ...places);
      const maxLength = most ?? Number.POSITIVE_INFINITY;
      const { said, finish } = await read(pieces, { stop, maxLength });
      const expected = all.slice(0, Math.min(end, maxLength)).replace(/[\ud800-\udbff]$/, '');
      expect(said.join('')).toBe(expected);
      expect(finish).toBe(expected.length < end ? 'length' : 'stop');
      expect(said).not.toContain('');
    }),
  );
});

it('a piece is said at once unless it may be the beginning of a stop text', async () => {
  expect(await read(['one ', 'two S', 'TO', 'NE ', 'STOP not said'], { stop: ['STOP'] })).toEqual({
    said: ['one ', 'two ', 'STONE '],
    finish: 'stop',
  });
});
