import type { Aggregation } from '#contracts';

/** Tokens of a text with their places, UTF-16, and the probability of every label: tokens × labels. */
export interface TaggedTokens {
  starts: readonly number[];
  ends: readonly number[];
  probabilities: Float32Array;
}

/** What a model says of a stretch of a text. `label` is its own, without the scheme's letter unless nothing was aggregated. */
export interface TaggedSpan {
  label: string;
  score: number;
  start: number;
  end: number;
}

/** Part of a word in scripts that put blanks between words; there a model may judge the pieces of one differently. */
const wordy =
  /(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}])[\p{L}\p{M}\p{N}\p{Default_Ignorable_Code_Point}]/u;
const invisible = /^\p{Default_Ignorable_Code_Point}*$/u;

/**
 * The spans that a token classifier finds. Word by word, the label is that of the first token, of the mean over its tokens (`average`) or of
 * the surest (`max`), so no span begins or ends inside a word; `simple` takes each token for itself, as `none`, which joins nothing.
 * Schemes BIO, BILOU, BIOES and IO are understood by their letters.
 */
export function spansOf(
  text: string,
  tokens: TaggedTokens,
  labels: readonly string[],
  aggregation: Aggregation,
): TaggedSpan[] {
  const words = aggregation === 'none' || aggregation === 'simple' ? each(tokens) : wordsOf(text, tokens);
  const tagged = words.map((word) => ({
    ...placeOf(word, tokens),
    ...labelOf(word, tokens, labels, aggregation),
  }));
  const spans = aggregation === 'none' ? tagged : joined(tagged);
  return spans.filter(({ label }) => label !== 'O');
}

/** Tokens that were read from nothing, such as the mark of a blank, say nothing. */
const visible = ({ starts, ends }: TaggedTokens) =>
  starts.flatMap((start, token) => ((ends[token] ?? 0) > start ? [token] : []));

const each = (tokens: TaggedTokens): number[][] => visible(tokens).map((token) => [token]);

function wordsOf(text: string, tokens: TaggedTokens): number[][] {
  const words: number[][] = [];
  for (const token of visible(tokens)) {
    const word = words.at(-1);
    const before = word?.at(-1);
    if (word && before !== undefined && within(text, tokens.ends[before] ?? 0, tokens.starts[token] ?? 0))
      word.push(token);
    else words.push([token]);
  }
  return words;
}

/** Whether one word goes on from where a token ended to where the next begins, across what nobody sees. Tokens may share a character. */
function within(text: string, end: number, start: number): boolean {
  if (start < end) return true;
  if (!invisible.test(text.slice(end, start))) return false;
  const [before = ''] = [...text.slice(Math.max(0, end - 2), end)].slice(-1);
  return wordy.test(before) && wordy.test(String.fromCodePoint(text.codePointAt(start) ?? 0));
}

const placeOf = (word: readonly number[], { starts, ends }: TaggedTokens) => ({
  start: Math.min(...word.map((token) => starts[token] as number)),
  end: Math.max(...word.map((token) => ends[token] as number)),
});

function labelOf(
  word: readonly number[],
  { probabilities }: TaggedTokens,
  labels: readonly string[],
  aggregation: Aggregation,
): { label: string; score: number } {
  const rows = word.map((token) =>
    Array.from(probabilities.subarray(token * labels.length, (token + 1) * labels.length)),
  );
  const scores = scoresOf[aggregation](rows);
  const score = Math.max(...scores);
  return { label: labels[scores.indexOf(score)] ?? 'O', score };
}

const firstOf = ([first = []]: number[][]) => first;

/** The probabilities of a word from those of its tokens. */
const scoresOf: Record<Aggregation, (rows: number[][]) => number[]> = {
  none: firstOf,
  simple: firstOf,
  first: firstOf,
  average: (rows) =>
    firstOf(rows).map((_, label) => rows.reduce((sum, row) => sum + (row[label] ?? 0), 0) / rows.length),
  max: (rows) => {
    const surest = rows.map((row) => Math.max(...row));
    return rows[surest.indexOf(Math.max(...surest))] ?? [];
  },
};

const scheme = /^([BILOUES])[-_](.+)$/u;

/** Neighbours of one kind as one span, whose score is the mean of theirs. */
function joined(tagged: readonly TaggedSpan[]): TaggedSpan[] {
  const spans: (TaggedSpan & { count: number; closed: boolean })[] = [];
  for (const { label, score, start, end } of tagged) {
    const [, letter = 'I', kind = label] = scheme.exec(label) ?? [];
    const open = spans.at(-1);
    if (open && !open.closed && open.label === kind && !'BUS'.includes(letter)) {
      open.score = (open.score * open.count + score) / ++open.count;
      open.end = Math.max(open.end, end);
      open.closed = 'LE'.includes(letter);
    } else spans.push({ label: kind, score, start, end, count: 1, closed: 'LEUS'.includes(letter) });
  }
  return spans.map(({ label, score, start, end }) => ({ label, score, start, end }));
}
