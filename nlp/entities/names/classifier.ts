import { gunzipSync } from 'node:zlib';
import { featuresOf, type Sentence, type Tag, tableRows, tags } from './features.ts';

/** What a word is, and how likely. */
export interface Tagged {
  tag: Tag;
  probability: number;
}

/**
 * Multinomial logistic regression over the features of a word and the tag before it, read from left to right (a maximum-entropy
 * Markov model, McCallum et al. 2000).
 */
export class NameClassifier {
  readonly #weights: ArrayLike<number>;
  readonly #scale: number;

  /** @param weights `tableRows` rows of a weight per tag @param scale what a weight is multiplied by */
  constructor(weights: ArrayLike<number>, scale: number) {
    if (weights.length !== tableRows * tags.length) throw new Error('These weights are of other features.');
    this.#weights = weights;
    this.#scale = scale;
  }

  /** From the Base64 of gzipped bytes with a sign. */
  static unpack(packed: string, scale: number): NameClassifier {
    const bytes = gunzipSync(Buffer.from(packed, 'base64'));
    return new NameClassifier(new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length), scale);
  }

  /** @param lean added to the score of "no name": above 0 finds fewer names and surer ones */
  tag(sentence: Sentence, lean = 0): Tagged[] {
    const tagged: Tagged[] = [];
    let before: Tag = 'O';
    for (let at = 0; at < sentence.words.length; at++) {
      // No name begins with a sign or a number, and a text may consist of them.
      if (before === 'O' && !/^\p{L}/u.test(sentence.words[at] ?? '')) {
        tagged.push({ tag: 'O', probability: 1 });
        continue;
      }
      const shares = this.probabilities(featuresOf(sentence, at, before), before, lean);
      let best = 0;
      for (let tag = 1; tag < shares.length; tag++) if ((shares[tag] ?? 0) > (shares[best] ?? 0)) best = tag;
      before = tags[best] ?? 'O';
      tagged.push({ tag: before, probability: shares[best] ?? 0 });
    }
    return tagged;
  }

  /** Of each tag; those that cannot follow the one before have none. */
  probabilities(rows: readonly number[], before: Tag, lean = 0): number[] {
    const scores = tags.map(() => 0);
    for (const row of rows) {
      const from = row * tags.length;
      for (let tag = 0; tag < tags.length; tag++)
        scores[tag] = (scores[tag] ?? 0) + (this.#weights[from + tag] ?? 0);
    }
    const exponentials = scores.map((score, tag) =>
      follows(before, tags[tag] ?? 'O') ? Math.exp(score * this.#scale + (tag === 0 ? lean : 0)) : 0,
    );
    const total = exponentials.reduce((sum, each) => sum + each, 0);
    return exponentials.map((each) => each / total);
  }
}

/** The inside of a name follows its beginning or its inside only. */
export const follows = (before: Tag, tag: Tag) =>
  !tag.startsWith('I-') || (before !== 'O' && before.slice(2) === tag.slice(2));
