import { type Random, seededRandom } from '../random.ts';
import { takeLargest } from './ranking.ts';

/** How the next token is chosen. What is left out changes nothing. */
export interface Sampling {
  /** What logits are divided by; 0 takes the likeliest token. */
  temperature: number;
  /** Only so many of the likeliest tokens. */
  topK?: number | undefined;
  /** Only the likeliest tokens that together reach this probability. */
  topP?: number | undefined;
  /** Above 1 for less of the tokens that were read or written before. */
  repetitionPenalty?: number | undefined;
  /** Taken off the logit of a token for every time it was written. */
  frequencyPenalty?: number | undefined;
  /** Taken off the logit of a token that was written. */
  presencePenalty?: number | undefined;
  /** The same tokens each time for the same logits; another time others without it. */
  seed?: number | undefined;
}

/** What a row has so far. */
export interface Row {
  prompt: readonly number[];
  written: readonly number[];
}

/** Some tokens and the chance of each; these sum to 1. */
export interface Chances {
  tokens: Int32Array;
  probabilities: Float64Array;
}

/**
 * Chooses the next token of a row from its logits, which are changed: penalties, then temperature, then top-k, then top-p, in the order of
 * transformers. Without temperature it is the likeliest.
 */
export function chooser(sampling: Sampling): (logits: Float32Array, row: Row) => number {
  const random = seededRandom(sampling.seed ?? Math.floor(Math.random() * 2 ** 32));
  return (logits, row) => {
    penalize(logits, row, sampling);
    if (sampling.temperature === 0) return likeliest(logits);
    return draw(chances(logits, sampling), random);
  };
}

/**
 * Lowers the logits of what is there already: by the repetition penalty of CTRL (Keskar et al. 2019), over all that was read and written;
 * by OpenAI's frequency and presence penalties, over what was written.
 */
export function penalize(
  logits: Float32Array,
  { prompt, written }: Row,
  { repetitionPenalty = 1, frequencyPenalty = 0, presencePenalty = 0 }: Omit<Sampling, 'temperature'>,
): void {
  if (repetitionPenalty !== 1) {
    for (const token of new Set([...prompt, ...written])) {
      const logit = logits[token] as number;
      logits[token] = logit < 0 ? logit * repetitionPenalty : logit / repetitionPenalty;
    }
  }
  if (frequencyPenalty !== 0) for (const token of written) (logits[token] as number) -= frequencyPenalty;
  if (presencePenalty !== 0)
    for (const token of new Set(written)) (logits[token] as number) -= presencePenalty;
}

/** The tokens that may come next. Top-p is the nucleus of Holtzman et al. 2019: the token that reaches it belongs to it. */
export function chances(
  logits: Float32Array,
  { temperature, topK = 0, topP = 1 }: Pick<Sampling, 'temperature' | 'topK' | 'topP'>,
): Chances {
  const candidates = topK > 0 ? largest(logits, topK) : Int32Array.from(logits.keys());
  const best = logits[likeliest(logits)] as number;
  const weightOf = (token: number) => Math.exp(((logits[token] as number) - best) / temperature);
  const weights = Float64Array.from(candidates, weightOf);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const tokens = topP < 1 ? nucleus(candidates, weights, all, topP) : candidates;
  const kept = Float64Array.from(tokens, weightOf);
  const sum = kept.reduce((total, weight) => total + weight, 0);
  return { tokens, probabilities: kept.map((weight) => weight / sum) };
}

/** The heaviest of the tokens, until they have `topP` of the weight of all. */
function nucleus(tokens: Int32Array, weights: Float64Array, all: number, topP: number): Int32Array {
  // The lightest cannot belong to it, even if all of them were there together: few are left to be sorted.
  const light = (all * (1 - topP)) / tokens.length;
  const places = [...weights.keys()].filter((at) => (weights[at] as number) >= light);
  places.sort((a, b) => (weights[b] as number) - (weights[a] as number));
  let sum = 0;
  const end = places.findIndex((at) => {
    sum += weights[at] as number;
    return sum >= all * topP;
  });
  return Int32Array.from(places.slice(0, end < 0 ? places.length : end + 1), (at) => tokens[at] as number);
}

function draw({ tokens, probabilities }: Chances, random: Random): number {
  let left = random();
  for (let at = 0; at < tokens.length; at++) {
    left -= probabilities[at] as number;
    if (left < 0) return tokens[at] as number;
  }
  // Rounding may leave a trace.
  return tokens[tokens.length - 1] as number;
}

/** Of equal ones the first. */
function likeliest(logits: Float32Array): number {
  let best = 0;
  for (let token = 1; token < logits.length; token++)
    if ((logits[token] as number) > (logits[best] as number)) best = token;
  return best;
}

function largest(logits: Float32Array, count: number): Int32Array {
  const tokens = new Int32Array(Math.min(count, logits.length));
  takeLargest(logits, tokens, new Float32Array(tokens.length).fill(Number.NEGATIVE_INFINITY));
  return tokens;
}
