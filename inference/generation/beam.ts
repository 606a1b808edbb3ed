import { forbiddenBy, forcedAfter } from './constraints.ts';
import type { Decoder, Hypothesis, Likeliest, Wanted } from './decoder.ts';
import type { SearchSettings } from './search.ts';

/** An output on its way: its tokens without the prompt, and the sum of their log probabilities. */
interface Beam {
  tokens: readonly number[];
  sum: number;
}

/** A beam that one more token would make. */
interface Candidate {
  /** Which beam of its text. */
  beam: number;
  token: number;
  sum: number;
}

/** One text of the batch. It has no beams once it is done. */
interface Search {
  text: number;
  beams: Beam[];
  /** Best first, at most as many as there are beams. */
  ended: Hypothesis[];
}

/**
 * Beam search as transformers has it: an output counts by its log probability divided by length ** `lengthPenalty`; a text is
 * done when its best beam, at its present length, is no better than the worst of its outputs, or with `earlyStopping` as soon as
 * it has as many outputs as beams. Texts that are done leave the batch.
 */
export async function beamSearch(decoder: Decoder, settings: SearchSettings): Promise<Hypothesis[][]> {
  const { prompt, maxLength } = settings;
  const searches = Array.from(
    { length: decoder.rows },
    (_, text): Search => ({ text, beams: [{ tokens: [], sum: 0 }], ended: [] }),
  );
  let open = searches;
  let next = Int32Array.from(open.flatMap(() => prompt));
  for (let length = prompt.length; length < maxLength && open.length > 0; length++) {
    const likeliest = await decoder.step(next, wantedBy(open, settings));
    const gone = await settings.turn?.();
    const rows: number[] = [];
    let first = 0;
    for (const search of open) {
      const { length: beams } = search.beams;
      const candidates = gone?.has(search.text)
        ? []
        : continuations(search.beams, likeliest, first, settings);
      for (const { beam } of advance(search, candidates, length + 1 === maxLength, settings))
        rows.push(first + beam);
      first += beams;
    }
    open = open.filter(({ beams }) => beams.length > 0);
    decoder.keep(Int32Array.from(rows));
    next = Int32Array.from(open.flatMap(({ beams }) => beams.map(({ tokens }) => tokens.at(-1) as number)));
  }
  return searches.map(({ ended }) => ended.slice(0, settings.best));
}

/** Takes the candidates that end to the outputs and goes on with the best others; with none once the text is done. Returns these. */
function advance(
  search: Search,
  candidates: readonly Candidate[],
  last: boolean,
  { end, beams: width, lengthPenalty, earlyStopping }: SearchSettings,
): Candidate[] {
  const grown = (search.beams[0]?.tokens.length ?? 0) + 1;
  const penalty = grown ** lengthPenalty;
  const ends = ({ token }: Candidate) => last || end.includes(token);
  const tokensOf = ({ beam, token }: Candidate) => [...(search.beams[beam]?.tokens ?? []), token];
  for (const candidate of candidates.slice(0, width).filter(ends)) {
    const tokens = tokensOf(candidate);
    if (end.includes(candidate.token)) tokens.pop();
    search.ended.push({ tokens, score: candidate.sum / penalty });
  }
  search.ended = search.ended.sort((a, b) => b.score - a.score).slice(0, width);
  const kept = candidates.filter((candidate) => !ends(candidate)).slice(0, width);
  const full = search.ended.length === width;
  const worst = full ? (search.ended.at(-1) as Hypothesis).score : Number.NEGATIVE_INFINITY;
  const done = kept[0] === undefined || (full && earlyStopping) || kept[0].sum / penalty <= worst;
  search.beams = done ? [] : kept.map((candidate) => ({ tokens: tokensOf(candidate), sum: candidate.sum }));
  return done ? [] : kept;
}

function wantedBy(open: readonly Search[], settings: SearchSettings): Wanted {
  const { prompt, banned, beams: width } = settings;
  const written = open.flatMap(({ beams }) => beams.map(({ tokens }) => [...prompt, ...tokens]));
  return { count: 2 * width, scored: true, banned, adjust: forbiddenBy(written, settings) };
}

/** The likeliest beams of one more token, twice as many as there will be: half of them may end. */
function continuations(
  beams: readonly Beam[],
  { tokens, logProbabilities }: Likeliest,
  first: number,
  settings: SearchSettings,
): Candidate[] {
  const count = 2 * settings.beams;
  const all = beams.flatMap(({ tokens: written, sum }, beam): Candidate[] => {
    const chosen = forcedAfter(written.length, settings);
    if (chosen !== undefined) return [{ beam, token: chosen, sum }];
    const from = (first + beam) * count;
    return Array.from({ length: count }, (_, at) => ({
      beam,
      token: tokens[from + at] as number,
      // As float32, so that ties fall as they do in the reference.
      sum: Math.fround(sum + (logProbabilities[from + at] as number)),
    }));
  });
  return all
    .filter(({ sum }) => sum > Number.NEGATIVE_INFINITY)
    .sort((a, b) => b.sum - a.sum)
    .slice(0, count);
}
