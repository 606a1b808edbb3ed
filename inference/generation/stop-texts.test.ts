import fc from 'fast-check';
import { expect, it } from 'vitest';
import { StopTexts } from './stop-texts.ts';

const unit = fc.constantFrom('a', 'b', ' ');

it('a text ends before the first of the stop texts, however it is cut', () => {
  const pieces = fc.array(fc.string({ unit, maxLength: 6 }));
  const stops = fc.array(fc.string({ unit, minLength: 1, maxLength: 4 }), { maxLength: 4 });
  fc.assert(
    fc.property(pieces, stops, (cut, stop) => {
      const whole = cut.join('');
      // As if it came character by character.
      const complete = Array.from(whole, (_, at) => whole.slice(0, at + 1)).find((text) =>
        stop.some((each) => text.endsWith(each)),
      );
      const longest = Math.max(
        0,
        ...stop.filter((each) => complete?.endsWith(each)).map((each) => each.length),
      );
      const texts = new StopTexts(stop);
      let said = '';
      let stopped = false;
      for (const piece of cut) {
        const taken = texts.take(piece);
        said += taken.text;
        stopped = taken.stopped;
        if (stopped) break;
      }
      if (!stopped) said += texts.rest;
      expect(stopped).toBe(complete !== undefined);
      expect(said).toBe(complete === undefined ? whole : complete.slice(0, complete.length - longest));
    }),
    {
      numRuns: 500,
      examples: [
        [
          ['ab', ' '],
          ['b', 'ab '],
        ],
      ],
    },
  );
});

it('holds back only what may be the beginning of one', () => {
  const texts = new StopTexts(['STOP']);
  expect(texts.take('two S').text).toBe('two ');
  expect(texts.take('TO').text).toBe('');
  expect(texts.take('NE').text).toBe('STONE');
});
