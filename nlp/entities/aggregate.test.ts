import { describe, expect, it } from 'vitest';
import type { Aggregation } from '#contracts';
import { spansOf } from './aggregate.ts';

/** Tokens as [text, label, score]; each stands where it is next found. */
function spans(text: string, tokens: [string, string, number][], aggregation: Aggregation = 'first') {
  const labels = [...new Set(['O', ...tokens.map(([, label]) => label)])];
  let at = 0;
  const starts = tokens.map(([token]) => {
    const start = text.indexOf(token, at);
    at = start + token.length;
    return start;
  });
  const ends = tokens.map(([token], place) => (starts[place] as number) + token.length);
  const probabilities = tokens.flatMap(([, label, score]) =>
    labels.map((each) => (each === label ? score : (1 - score) / (labels.length - 1))),
  );
  return spansOf(
    text,
    { starts, ends, probabilities: Float32Array.from(probabilities) },
    labels,
    aggregation,
  ).map(({ label, start, end }) => [label, text.slice(start, end)]);
}

describe('labels of tokens become spans', () => {
  it.each<[string, [string, string, number][], string[][]]>([
    [
      'BIO: a B begins another',
      [
        ['Ana', 'B-PER', 0.9],
        ['Paz', 'I-PER', 0.9],
        ['Leo', 'B-PER', 0.9],
      ],
      [
        ['PER', 'Ana Paz'],
        ['PER', 'Leo'],
      ],
    ],
    [
      'BILOU: an L ends, a U is one alone',
      [
        ['Ana', 'B-PER', 0.9],
        ['Paz', 'L-PER', 0.9],
        ['Leo', 'U-PER', 0.9],
      ],
      [
        ['PER', 'Ana Paz'],
        ['PER', 'Leo'],
      ],
    ],
    [
      'BIOES: an E ends, an S is one alone',
      [
        ['Ana', 'S-PER', 0.9],
        ['Paz', 'B-PER', 0.9],
        ['Leo', 'E-PER', 0.9],
      ],
      [
        ['PER', 'Ana'],
        ['PER', 'Paz Leo'],
      ],
    ],
    [
      'IO, with or without its letter: neighbours belong together',
      [
        ['Ana', 'PER', 0.9],
        ['Paz', 'PER', 0.9],
        ['Leo', 'LOC', 0.9],
      ],
      [
        ['PER', 'Ana Paz'],
        ['LOC', 'Leo'],
      ],
    ],
    [
      'what is outside parts two of a kind',
      [
        ['Ana', 'I-PER', 0.9],
        ['Paz', 'O', 0.9],
        ['Leo', 'I-PER', 0.9],
      ],
      [
        ['PER', 'Ana'],
        ['PER', 'Leo'],
      ],
    ],
  ])('%s', (_, tokens, expected) => {
    expect(spans('Ana Paz Leo', tokens)).toEqual(expected);
  });

  it('a word is one thing, by its first piece, the mean or the surest, and only `simple` cuts it', () => {
    const pieces: [string, string, number][] = [
      ['Gar', 'B-PER', 0.6],
      ['cí', 'B-ORG', 0.9],
      ['a', 'B-PER', 0.5],
    ];
    expect(spans('García', pieces)).toEqual([['PER', 'García']]);
    expect(spans('García', pieces, 'average')).toEqual([['ORG', 'García']]);
    expect(spans('García', pieces, 'max')).toEqual([['ORG', 'García']]);
    expect(spans('García', pieces, 'simple')).toEqual([
      ['PER', 'Gar'],
      ['ORG', 'cí'],
      ['PER', 'a'],
    ]);
    expect(spans('García', pieces, 'none')[0]).toEqual(['B-PER', 'Gar']);
  });

  it('signs are words of their own, what nobody sees is not, and scripts without blanks go by tokens', () => {
    expect(
      spans('London,', [
        ['London', 'B-LOC', 0.9],
        [',', 'O', 0.9],
      ]),
    ).toEqual([['LOC', 'London']]);
    expect(
      spans('Lon\u200bdon', [
        ['Lon', 'B-LOC', 0.9],
        ['don', 'O', 0.9],
      ]),
    ).toEqual([['LOC', 'Lon\u200bdon']]);
    expect(
      spans('東京に', [
        ['東京', 'B-LOC', 0.9],
        ['に', 'O', 0.9],
      ]),
    ).toEqual([['LOC', '東京']]);
  });
});
