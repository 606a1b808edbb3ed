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
      const places = stop.map((each) => whole.indexOf(each)).filter((at) => at >= 0);
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
      expect(stopped).toBe(places.length > 0);
      expect(said).toBe(whole.slice(0, Math.min(whole.length, ...places)));
    }),
  );
});

it('holds back only what may be the beginning of one', () => {
  const texts = new StopTexts(['STOP']);
  expect(texts.take('two S').text).toBe('two ');
  expect(texts.take('TO').text).toBe('');
  expect(texts.take('NE').text).toBe('STONE');
});
