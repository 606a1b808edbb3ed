/** Languages with function words, connectives and fixed sentences of their own; any other is treated as English. */
export type SpokenLanguage = 'en' | 'es';

export const spoken = (language: string): SpokenLanguage => (language === 'es' ? 'es' : 'en');

const list = (words: string) => new Set(words.trim().split(/\s+/));

/** Words that say little about what a message is about. */
const functionWords: Record<SpokenLanguage, ReadonlySet<string>> = {
  en: list(`
    a about after again all also always am an and another any anything are as at back be because been before being but
    by can cannot can't could did didn't do does doesn't doing don't down each else even ever every few for from get
    gets getting give go going got had has have having he hello her here hey hi him his how i i'd i'll i'm i've if in
    instead into is isn't it it's its just know last let like long lot make many may me mean might more most much must my
    need next no not nothing now of off often oh ok okay on once one ones only or other our out over please put
    really right same say see she should so some someone something soon still such sure take tell than thank thanks that
    that's the their them then there there's these they thing things think this those though time to today too under
    until up us very want wanted was way we well were what what's when where which while who whole why will with without
    won't work works would yes yet you you'd you'll you're you've your`),
  es: list(`
    a al algo algún alguna alguno algunos allí ahí ahora ante antes aquí así aún aunque bien bueno cada casi como con
    contra cosa cual cuál cuando cuándo cuanta cuánta cuantas cuántas cuanto cuánto cuantos cuántos de del demás desde
    después donde dónde dos e el él ella ellas ellos en entonces entre era eran es esa esas ese eso esos esta ésta está
    están estaba estar estas este esto estos estoy fue fuera gracias ha haber había hace hacer hago han hasta hay he hola
    hoy igual ir la las le les lo los luego más me mejor menos mi mis mismo mucha muchas mucho muchos muy nada ni no nos
    nosotros nuestra nuestro o os otra otras otro otros para pero por porque pues puede pueden puedo que qué quien quién
    quiero sea ser será si sí sido siempre sin sobre solo sólo son soy su sus tal también tampoco tan tanto te tenéis
    tener tengo ti tiene tienen todo toda todos todas tu tú tus un una uno unos va vale vamos van voy vosotros vuestra
    vuestro y ya yo`),
};

/** Openings that go on from what was said before. */
const connectives: Record<SpokenLanguage, RegExp> = {
  en: /^(and|but|or|also|so|then|plus|what about|how about|what if|(ok(ay)?|right|fine|great|thanks|no|yes|hm+)[,.!… ]+(and|but|so|then|what about|how about|what if)|same for|only|why not|why|which (one|of)|since when|until when|how so|really)\b/u,
  es: /^(y|e|o|pero|entonces|pues|también|tampoco|además|qué pasa con|y si|(vale|ok|bueno|bien|gracias|no|sí)[,.!… ]+(y|pero|entonces|pues)|lo mismo|solo|sólo|por qué no|por qué|cuál de|desde cuándo|hasta cuándo)(?![\p{L}\p{N}])/u,
};

/** Words that stand for something said before. */
const pointers: Record<SpokenLanguage, ReadonlySet<string>> = {
  en: list("it it's its that that's this those these they them their there one ones same otherwise"),
  es: list('eso esto ese esa esos esas ello él ella ellos ellas lo allí ahí mismo misma'),
};

/** Words in lower case, with the apostrophes in them. */
export function wordsIn(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/[\p{L}\p{N}][\p{L}\p{N}'-]*/gu) ?? []
  );
}

/** The words that say what a text is about, in their order, each once. */
export function contentWords(text: string, language: string): string[] {
  const known = functionWords[spoken(language)];
  return [...new Set(wordsIn(text).filter((word) => !known.has(word)))];
}

/** True when a message begins as a continuation or points to something it does not name. */
export function refersBack(message: string, language: string): boolean {
  const text = message.toLowerCase().replace(/^[\s¿¡"'«(.…-]+/u, '');
  const points = pointers[spoken(language)];
  return connectives[spoken(language)].test(text) || wordsIn(text).some((word) => points.has(word));
}

/** How many words of a text are function words of each language; `no`, which is one of both, counts for neither. */
export function countFunctionWords(text: string): Record<SpokenLanguage, number> {
  const words = wordsIn(text);
  const count = (own: SpokenLanguage, other: SpokenLanguage) =>
    words.filter((word) => functionWords[own].has(word) && !functionWords[other].has(word)).length;
  return { en: count('en', 'es'), es: count('es', 'en') };
}
