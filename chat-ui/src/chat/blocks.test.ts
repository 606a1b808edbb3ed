import fc from 'fast-check';
import { expect, it } from 'vitest';
import { blocksOf } from './blocks.ts';

it('cuts between blocks and keeps fences, lists and quotations whole', () => {
  expect(blocksOf('One.\nStill one.\n\nTwo.\n\n\nThree')).toEqual([
    'One.\nStill one.\n\n',
    'Two.\n\n\n',
    'Three',
  ]);
  const code = '```js\nlet a;\n\nlet b;\n```\n\n';
  expect(blocksOf(`Before\n\n${code}After`)).toEqual(['Before\n\n', code, 'After']);
  const list = '1. a\n\n   more of a\n\n2. b\n\n';
  expect(blocksOf(`${list}After`)).toEqual([list, 'After']);
  expect(blocksOf('')).toEqual([]);
});

it('loses nothing, and what is settled never changes', () => {
  const lines = fc.array(
    fc.constantFrom('a', '', '```', '~~~~', '- b', '> c', '    d', '# e', 'f g', '1. h'),
    { maxLength: 14 },
  );
  fc.assert(
    fc.property(lines, fc.nat(), (all, cut) => {
      const text = all.join('\n');
      const whole = blocksOf(text);
      expect(whole.join('')).toBe(text);
      // A line that is not at its end may still become anything.
      const end = text.lastIndexOf('\n', cut % (text.length + 1)) + 1;
      const early = blocksOf(text.slice(0, end)).slice(0, -1);
      expect(whole.slice(0, early.length)).toEqual(early);
    }),
  );
});
