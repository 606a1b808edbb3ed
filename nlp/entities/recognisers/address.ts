import { bounded, formed, matches, type Recogniser } from '../found.ts';

const name = String.raw`[\p{Lu}\d][\p{L}\p{N}'.\-]{0,24}`;
const small = '(?:of|the|de|del|la|las|los|el|y|and|san|santa)';
const streetType =
  'street|st|avenue|ave|av|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|square|sq|terrace|close|crescent|place|pl|way|parkway|pkwy|highway|hwy|row|circle|cir|trail|gardens|mews|yard';
const unit = String.raw`(?:,? {0,2}(?:#|apt|apartment|suite|ste|unit|flat|floor|fl)\.? {0,2}[\p{N}\p{L}\-]{1,6}\b)?`;
const state = String.raw`(?:, ?| )[A-Z]{2},? \d{5}(?:-\d{4})?`;
const postcode = String.raw`[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}`;
const city = `,? {1,2}${name}(?: ${name}){0,2}`;

const english = bounded(
  String.raw`(?<![\p{L}\p{N}.,#])(?:[Ff]lat [\p{L}\p{N}]{1,4},? )?\d{1,5}[A-Za-z]?,? (?:[NSEW]\.? |(?:North|South|East|West) )?${name}(?: (?:${small}|${name})){0,3}? (?:${streetType}|${streetType
    .split('|')
    .map((each) => each[0]?.toUpperCase() + each.slice(1))
    .join(
      '|',
    )})\b\.?(?: [NS][EW]\b)?${unit}(?:${city}(?:${state}|,? {1,2}${postcode})|,? {1,2}(?:${postcode}|[A-Z]{2} \d{5}))?(?![\p{L}\p{N}])`,
);
const spanishType = String.raw`calle|c/|c\.|avenida|avda\.?|av\.|plaza|pza\.?|pl\.|paseo|p[º°]\.?|carretera|ctra\.?|ronda|camino|traves[ií]a|glorieta|callej[oó]n|rambla|urbanizaci[oó]n|urb\.`;
const spanish = bounded(
  String.raw`(?<![\p{L}\p{N}])(?:${spanishType}) {0,2}(?:(?:de|del|la|las|los|el|san|santa|d'|l') ?){0,3}[\p{L}][\p{L}'.\-]{1,24}(?: (?:(?:de|del|la|las|los|el|y) ){0,2}[\p{L}][\p{L}'.\-]{1,24}){0,4}?,? {1,2}(?:(?:n[º°]?|n[uú]m(?:ero)?|#)\.? {0,2})?\d{1,4}[A-Za-z]?\b(?:,? {1,2}\d{1,2}[º°ª]?\.? ?(?:[A-Z]|izq|dcha|izda)\.?(?![\p{L}\p{N}]))?(?:,? {1,2}(?:piso|puerta|esc|escalera|bajo|portal)\.? ?[\p{N}\p{L}º°ª]{0,4}){0,2}(?:,? {1,2}\d{5}(?:,? ${name}(?: (?:de |del |la )?${name}){0,2})?)?(?![\p{L}\p{N}])`,
  'i',
);
const zip = bounded(
  String.raw`(?<![\p{L}\p{N}])(?:zip(?: code)?|postal code|postcode|c[oó]digo postal|c\.?p\.?)[ :.]{1,3}(?:is |es )?(?<value>\d{5}(?:-\d{4})?|${postcode})(?![\p{L}\p{N}])`,
  'i',
);
const british = bounded(String.raw`(?<![\p{L}\p{N}])(?:${postcode.replace(' ?', ' ')})(?![\p{L}\p{N}])`);

/**
 * Postal addresses as people write them in English and Spanish: number and street, or street and number, with flat, code and town
 * where they follow; British postcodes, and codes that are called so. A street without a number and other countries' forms are missed.
 */
export const address: Recogniser = {
  kinds: ['address'],
  find: (plain) => [
    ...[english, spanish].flatMap((pattern) =>
      [...matches(plain, pattern)].map((match) => {
        const start = match.index ?? 0;
        // Behind a postal code only the town follows, and towns are written large.
        const text = match[0].replace(/(?<=\d{5}.{0,60})(?: \p{Ll}{1,25}){1,3}$/u, '');
        return formed('address', start, start + text.trimEnd().length, 0.8);
      }),
    ),
    ...[...matches(plain, zip)].map((match) => {
      const end = (match.index ?? 0) + match[0].length;
      return formed('address', end - (match.groups?.value?.length ?? 0), end, 0.7);
    }),
    ...[...matches(plain, british)].map((match) => {
      const start = match.index ?? 0;
      return formed('address', start, start + match[0].length, 0.7);
    }),
  ],
};
