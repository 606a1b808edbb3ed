/** What a passage is found by. */
export interface IndexedPassage {
  id: string;
  /** The document it is from. */
  sourceId: string;
  /** Two letters. */
  language: string;
  /** Of length one. */
  vector: Float32Array;
  /** The stems of its words and of its phrases' words, each once. */
  lexemes: string[];
  /** Whether it has phrases: ways in which customers ask for it, in its vector and its words. */
  phrased: boolean;
}

/** A question as it is looked up: its vector, and the stems of its words as each language has them. */
export interface IndexQuery {
  vector: Float32Array;
  lexemes: ReadonlyMap<string, string[]>;
}

/** A passage that one of the two lists found. Places count from 1. */
export interface Candidate<P extends IndexedPassage> {
  passage: P;
  cosine: number;
  /** Share of the question's words that it has, each counted by its rarity; 0…1. */
  coverage: number;
  vectorRank: number | null;
  textRank: number | null;
}

/** How many each list gives. */
const listLength = 20;

/**
 * The passages of one knowledge base in memory. Both lists are exact: every passage is compared. A word counts by its
 * rarity among the passages of its language, the idf of BM25; one that no passage has counts most, against all of them.
 */
export class PassageIndex<P extends IndexedPassage> {
  readonly #groups = new Map<string, P[]>();
  #built: Built<P> | undefined;

  /** Passages held. */
  get size(): number {
    let size = 0;
    for (const passages of this.#groups.values()) size += passages.length;
    return size;
  }

  /** Puts passages in the place of those the group had; none removes it. */
  replace(group: string, passages: P[]): void {
    if (passages.length > 0) this.#groups.set(group, passages);
    else this.#groups.delete(group);
    this.#built = undefined;
  }

  /** The 20 passages closest in meaning and the 20 that share the most words, in no order. */
  search({ vector, lexemes }: IndexQuery): Candidate<P>[] {
    this.#built ??= build([...this.#groups.values()].flat());
    const { passages, matrix } = this.#built;
    const cosines = passages.map((_, at) => dot(matrix, at * vector.length, vector));
    const coverages = coveragesOf(this.#built, lexemes);
    const near = best(cosines);
    const worded = best(coverages).filter((at) => (coverages[at] ?? 0) > 0);
    return [...new Set([...near, ...worded])].map((at) => ({
      passage: passages[at] as P,
      cosine: cosines[at] ?? 0,
      coverage: coverages[at] ?? 0,
      vectorRank: placeIn(near, at),
      textRank: placeIn(worded, at),
    }));
  }
}

interface Built<P> {
  passages: P[];
  /** Vector after vector. */
  matrix: Float32Array;
  /** By language, then by lexeme: the passages that have it. */
  postings: Map<string, Map<string, number[]>>;
  /** Passages by language. */
  sizes: Map<string, number>;
}

function build<P extends IndexedPassage>(passages: P[]): Built<P> {
  const width = passages[0]?.vector.length ?? 0;
  const matrix = new Float32Array(passages.length * width);
  const postings: Built<P>['postings'] = new Map();
  const sizes = new Map<string, number>();
  passages.forEach(({ vector, language, lexemes }, at) => {
    matrix.set(vector, at * width);
    sizes.set(language, (sizes.get(language) ?? 0) + 1);
    const ofLanguage = postings.get(language) ?? new Map<string, number[]>();
    postings.set(language, ofLanguage);
    for (const lexeme of lexemes) {
      const having = ofLanguage.get(lexeme);
      if (having) having.push(at);
      else ofLanguage.set(lexeme, [at]);
    }
  });
  return { passages, matrix, postings, sizes };
}

function coveragesOf<P>({ passages, postings, sizes }: Built<P>, query: IndexQuery['lexemes']): number[] {
  const covered = new Array<number>(passages.length).fill(0);
  for (const [language, lexemes] of query) {
    const ofLanguage = postings.get(language);
    const size = sizes.get(language);
    if (!ofLanguage || !size) continue;
    const weights = lexemes.map((lexeme) => rarity(ofLanguage.get(lexeme)?.length ?? 0, size));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    lexemes.forEach((lexeme, index) => {
      const share = (weights[index] ?? 0) / total;
      for (const at of ofLanguage.get(lexeme) ?? []) covered[at] = (covered[at] ?? 0) + share;
    });
  }
  return covered;
}

/** The idf of BM25, never negative. */
const rarity = (having: number, size: number) => Math.log(1 + (size - having + 0.5) / (having + 0.5));

function dot(matrix: Float32Array, from: number, vector: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < vector.length; at++) sum += (matrix[from + at] as number) * (vector[at] as number);
  return sum;
}

/** The positions of the greatest scores, the greatest first; of equals the first. One pass: most scores end at the first comparison. */
function best(scores: number[]): number[] {
  const found: number[] = [];
  const score = (at: number | undefined) => (at === undefined ? Number.NEGATIVE_INFINITY : (scores[at] ?? 0));
  for (let at = 0; at < scores.length; at++) {
    if (found.length === listLength && score(at) <= score(found.at(-1))) continue;
    let place = found.length;
    while (place > 0 && score(at) > score(found[place - 1])) place--;
    found.splice(place, 0, at);
    if (found.length > listLength) found.pop();
  }
  return found;
}

function placeIn(list: number[], at: number): number | null {
  const index = list.indexOf(at);
  return index < 0 ? null : index + 1;
}
