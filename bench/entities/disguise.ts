import type { Random } from './random.ts';

/** The same value for a reader, in other characters: invisible ones between, fullwidth or mathematical digits, other blanks and dashes. */
export function disguised(value: string, random: Random): string {
  const ways: ((text: string) => string)[] = [
    (text) => {
      const at = random.whole(1, text.length - 1);
      return (
        text.slice(0, at) + random.one(['\u200b', '\u200d', '\u2060', '\ufeff', '\u00ad']) + text.slice(at)
      );
    },
    (text) => text.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit))),
    (text) =>
      text.replace(/\d/g, (digit) =>
        random.chance(0.3) ? String.fromCodePoint(0x1d7ce + Number(digit)) : digit,
      ),
    (text) => text.replace(/ /g, () => random.one(['\u00a0', '\u202f', '\u2009', '\u3000'])),
    (text) => text.replace(/-/g, () => random.one(['\u2010', '\u2011', '\u2013', '\u2212'])),
    (text) => text.replace('@', '\uff20'),
  ];
  return random.one(ways)(value);
}
