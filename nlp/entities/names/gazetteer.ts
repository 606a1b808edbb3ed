import { common, family, given, places } from './gazetteer.gen.ts';

const setOf = (list: string) => new Set(list.split('|'));

interface Lists {
  given: Set<string>;
  family: Set<string>;
  common: Set<string>;
  places: Set<string>;
}
let lists: Lists | undefined;

/** Made when first needed: half a megabyte of words. */
function known(): Lists {
  lists ??= { given: setOf(given), family: setOf(family), common: setOf(common), places: setOf(places) };
  return lists;
}

/** In small letters and without accents, as the lists are. */
export const bare = (word: string) => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Most words of the name of a place. */
const longestPlace = 4;

/**
 * What the lists say of each word, as letters: G given name, F family name, P place or part of one, c a word that is usually written
 * small, - none of them.
 */
export function listedAs(words: readonly string[]): string[] {
  const { given, family, common, places } = known();
  const placed = new Array<boolean>(words.length).fill(false);
  for (let from = 0; from < words.length; from++) {
    for (let to = Math.min(words.length, from + longestPlace); to > from; to--) {
      if (!places.has(words.slice(from, to).join(' '))) continue;
      placed.fill(true, from, to);
      break;
    }
  }
  return words.map(
    (word, at) =>
      `${given.has(word) ? 'G' : ''}${family.has(word) ? 'F' : ''}${placed[at] ? 'P' : ''}${common.has(word) ? 'c' : ''}` ||
      '-',
  );
}

/** The lists themselves, to make names from. */
export const givenNames = given.split('|');
export const familyNames = family.split('|');
export const placeNames = places.split('|');
