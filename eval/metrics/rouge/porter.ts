/** Forms that the rules would get wrong. */
const irregular = new Map([
  ['skies', 'sky'],
  ['sky', 'sky'],
  ['dying', 'die'],
  ['lying', 'lie'],
  ['tying', 'tie'],
  ['news', 'news'],
  ['innings', 'inning'],
  ['inning', 'inning'],
  ['outings', 'outing'],
  ['outing', 'outing'],
  ['cannings', 'canning'],
  ['canning', 'canning'],
  ['howe', 'howe'],
  ['proceed', 'proceed'],
  ['exceed', 'exceed'],
  ['succeed', 'succeed'],
]);

/** An ending, and what stands in its place where the stem before it has vowels enough. */
type Rule = readonly [ending: string, replacement: string];

const second: readonly Rule[] = [
  ['ational', 'ate'],
  ['tional', 'tion'],
  ['enci', 'ence'],
  ['anci', 'ance'],
  ['izer', 'ize'],
  ['bli', 'ble'],
  ['alli', 'al'],
  ['entli', 'ent'],
  ['eli', 'e'],
  ['ousli', 'ous'],
  ['ization', 'ize'],
  ['ation', 'ate'],
  ['ator', 'ate'],
  ['alism', 'al'],
  ['iveness', 'ive'],
  ['fulness', 'ful'],
  ['ousness', 'ous'],
  ['aliti', 'al'],
  ['iviti', 'ive'],
  ['biliti', 'ble'],
  ['fulli', 'ful'],
];
const third: readonly Rule[] = [
  ['icate', 'ic'],
  ['ative', ''],
  ['alize', 'al'],
  ['iciti', 'ic'],
  ['ical', 'ic'],
  ['ful', ''],
  ['ness', ''],
];
const fourth: readonly Rule[] = [
  ...['al', 'ance', 'ence', 'er', 'ic', 'able', 'ible', 'ant', 'ement', 'ment', 'ent'],
  ...['ion', 'ou', 'ism', 'ate', 'iti', 'ous', 'ive', 'ize'],
].map((ending) => [ending, ''] as const);

/** The stem of a word in small ASCII letters and digits, longer than two: Porter 1980 with NLTK's extensions, which ROUGE is defined by. */
export function stemOf(word: string): string {
  return (
    irregular.get(word) ??
    [plural, past, finalY, derived, shortened, bare, finalE, finalL].reduce((stem, step) => step(stem), word)
  );
}

function plural(word: string): string {
  if (word.endsWith('ies')) return word.length === 4 ? word.slice(0, -1) : word.slice(0, -2);
  if (word.endsWith('sses')) return word.slice(0, -2);
  return word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

function past(word: string): string {
  if (word.endsWith('ied')) return word.length === 4 ? word.slice(0, -1) : word.slice(0, -2);
  if (word.endsWith('eed')) return measure(word.slice(0, -3)) > 0 ? word.slice(0, -1) : word;
  const ending = ['ed', 'ing'].find(
    (each) => word.endsWith(each) && shape(word.slice(0, -each.length)).includes('v'),
  );
  if (!ending) return word;
  const stem = word.slice(0, -ending.length);
  if (/(at|bl|iz)$/.test(stem)) return `${stem}e`;
  if (/(.)\1$/.test(stem) && shape(stem).endsWith('c')) return /[lsz]$/.test(stem) ? stem : stem.slice(0, -1);
  return measure(stem) === 1 && endsShort(stem) ? `${stem}e` : stem;
}

function finalY(word: string): string {
  return word.length > 2 && word.endsWith('y') && shape(word).at(-2) === 'c' ? `${word.slice(0, -1)}i` : word;
}

function derived(word: string): string {
  if (word.endsWith('alli') && measure(word.slice(0, -4)) > 0) return derived(word.slice(0, -2));
  const replaced = byRule(word, second, (stem) => measure(stem) > 0);
  // The l of `logi` counts with the stem, so that `geo` and `theo` are treated as `archaeo` is.
  const isScience = replaced === word && word.endsWith('logi') && measure(word.slice(0, -3)) > 0;
  return isScience ? word.slice(0, -1) : replaced;
}

function shortened(word: string): string {
  return byRule(word, third, (stem) => measure(stem) > 0);
}

function bare(word: string): string {
  return byRule(
    word,
    fourth,
    (stem, ending) => measure(stem) > 1 && (ending !== 'ion' || /[st]$/.test(stem)),
  );
}

function finalE(word: string): string {
  if (!word.endsWith('e')) return word;
  const stem = word.slice(0, -1);
  return measure(stem) > 1 || (measure(stem) === 1 && !endsShort(stem)) ? stem : word;
}

function finalL(word: string): string {
  return word.endsWith('ll') && measure(word.slice(0, -1)) > 1 ? word.slice(0, -1) : word;
}

/** The first rule whose ending the word has decides, even where it leaves the word alone. */
function byRule(
  word: string,
  rules: readonly Rule[],
  applies: (stem: string, ending: string) => boolean,
): string {
  for (const [ending, replacement] of rules) {
    if (!word.endsWith(ending)) continue;
    const stem = word.slice(0, -ending.length);
    return applies(stem, ending) ? stem + replacement : word;
  }
  return word;
}

/** Each letter as consonant or vowel; a y is a vowel after a consonant. */
function shape(word: string): string {
  let letters = '';
  for (const letter of word) {
    const vowel = letter === 'y' ? letters.endsWith('c') : 'aeiou'.includes(letter);
    letters += vowel ? 'v' : 'c';
  }
  return letters;
}

/** How often a vowel is followed by a consonant: Porter's m. */
function measure(stem: string): number {
  return shape(stem).split('vc').length - 1;
}

/** Ends as `hop` does, or is as short as `at`. */
function endsShort(stem: string): boolean {
  return (shape(stem).endsWith('cvc') && !/[wxy]$/.test(stem)) || shape(stem) === 'vc';
}
