import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { featuresOf, NameClassifier, namesIn, nameTableRows, nameTags, sentenceOf, type Tag } from '#nlp';
import { Random } from '../random.ts';
import { type Example, exampleOf } from './examples.ts';
import { framed, fromLargeLetters } from './made.ts';
import { countNames, f1 } from './measure.ts';
import {
  type MarkedText,
  readBitext,
  readHwu,
  readPlain,
  readSchemaGuided,
  readTatoeba,
  readTod,
} from './rows.ts';

/**
 * Makes nlp/entities/names/weights.gen.ts: `npm run train:names`, some minutes. Rows come from ../shared/data, test rows are not read.
 */
const root = join(import.meta.dirname, '..', '..', '..');
const data = join(root, '..', 'shared', 'data');
const random = new Random(11);
/** Which features are of the word itself and no other, by their place in `featuresOf`. */
const named = new Set([1, 6, 7, 12, 13, 14, 23]);
/** Large words of both languages that name nobody. */
const notNames =
  /^(?:I|I'm|English|French|German|Spanish|Japanese|Chinese|Italian|American|God|Christmas|Mr|Mrs|Dr|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December|Ud|Uds|Navidad|Dios|TV|OK)$/;
const epochs = 3;
const rate = 0.1;

const hwu = random.shuffled(readHwu(data, 'train'));
const dev = hwu.slice(0, 1000);
const tatoeba = readTatoeba(data);
const rows: MarkedText[] = [
  ...hwu.slice(1000),
  ...hwu.slice(1000),
  ...readSchemaGuided(data, 'dev-dialogues_001'),
  ...readTod(data, 'train-es'),
  ...readBitext(data, 'train').slice(0, 2500),
  ...readPlain(data).slice(0, 3000),
  ...silver(25_000),
  ...Array.from({ length: 14_000 }, () => framed(random)),
];
console.log(`${rows.length} rows`);

/** Sentences of Tatoeba in which large letters are names. */
function silver(perLanguage: number): MarkedText[] {
  const counts = new Map<string, number>();
  for (const { en, es } of tatoeba)
    for (const word of `${en} ${es}`.match(/(?<=[\p{L},] )\p{Lu}[\p{L}\p{M}]*/gu) ?? [])
      counts.set(word, (counts.get(word) ?? 0) + 1);
  const usual = new Set(
    [...counts].filter(([word, count]) => count >= 40 && notNames.test(word)).map(([word]) => word),
  );
  return (['en', 'es'] as const).flatMap((side) =>
    random
      .shuffled(tatoeba)
      .slice(0, perLanguage)
      .flatMap((pair) => fromLargeLetters(pair[side], usual, random, side === 'es') ?? []),
  );
}

const weights = new Float32Array(nameTableRows * nameTags.length);
const squares = new Float32Array(weights.length);
const finder = (lean: number) => (text: string) => namesIn(text, new NameClassifier(weights, 1), lean);
for (let epoch = 1; epoch <= epochs; epoch++) {
  let loss = 0;
  let words = 0;
  for (const row of random.shuffled(rows)) {
    const example = varied(exampleOf(row));
    loss += learn(example);
    words += example.words.length;
  }
  const counts = countNames(dev, finder(0));
  const figures = Object.entries(counts).map(([kind, count]) => `${kind} ${f1(count).toFixed(3)}`);
  console.log(`epoch ${epoch}: loss ${(loss / words).toFixed(4)}, development F1 ${figures.join(', ')}`);
}
for (const lean of [-1, -0.5, 0, 0.5, 1]) {
  const counts = countNames(dev, finder(lean));
  console.log(
    `lean ${lean}: ${Object.entries(counts)
      .map(([kind, c]) => `${kind} ${JSON.stringify(c)} ${f1(c).toFixed(3)}`)
      .join(', ')}`,
  );
}

/** As it is, all small, or all large; and the lists blind to some names, since there are always more than are listed. */
function varied({ words, gold }: Example): Example & { listed?: string[] } {
  const way = random.next();
  const written =
    way < 0.3
      ? words.map((word) => word.toLowerCase())
      : way < 0.33
        ? words.map((word) => word.toUpperCase())
        : words;
  if (!random.chance(0.35)) return { words: written, gold };
  const { listed } = sentenceOf(written);
  return { words: written, gold, listed: listed.map((list, at) => (gold[at]?.includes('-') ? '-' : list)) };
}

/** One pass of stochastic gradient descent with the step of AdaGrad (Duchi et al. 2011). */
function learn({ words, gold, listed }: Example & { listed?: string[] }): number {
  const sentence = sentenceOf(words, listed);
  const classifier = new NameClassifier(weights, 1);
  let before: Tag = 'O';
  let loss = 0;
  for (let at = 0; at < words.length; at++) {
    const tag = gold[at];
    const features = featuresOf(sentence, at, before);
    // The words of unlisted names must not be learned by heart.
    if (tag === undefined) {
      before = 'O';
      continue;
    }
    const shares = classifier.probabilities(features, before);
    const right = nameTags.indexOf(tag);
    loss -= Math.log(Math.max(shares[right] ?? 0, 1e-9));
    const kept =
      tag === 'O' || random.chance(0.5) ? features : features.filter((_, index) => !named.has(index));
    for (const row of kept) {
      for (let each = 0; each < nameTags.length; each++) {
        const slope = (shares[each] ?? 0) - (each === right ? 1 : 0);
        if (Math.abs(slope) < 1e-3) continue;
        const place = row * nameTags.length + each;
        squares[place] = (squares[place] ?? 0) + slope * slope;
        weights[place] = (weights[place] ?? 0) - (rate * slope) / Math.sqrt((squares[place] ?? 0) + 1e-6);
      }
    }
    before = tag;
  }
  return loss;
}

const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
const scale = Math.min(largest, 4) / 127;
const bytes = Int8Array.from(weights, (weight) => Math.max(-127, Math.min(127, Math.round(weight / scale))));
const packed = gzipSync(Buffer.from(bytes.buffer), { level: 9 }).toString('base64');
writeFileSync(
  join(root, 'nlp', 'entities', 'names', 'weights.gen.ts'),
  `/** Made by npm run train:names; what from, and how good, in README.md. */\nexport const scale = ${scale};\nexport const packed =\n  '${packed}';\n`,
);
console.log(`${(packed.length / 1e6).toFixed(2)} MB`);
