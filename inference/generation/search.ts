import { beamSearch } from './beam.ts';
import type { GenerationConfig } from './config.ts';
import type { Decoder, Hypothesis } from './decoder.ts';
import { greedySearch } from './greedy.ts';

/** How to look for outputs. */
export interface SearchSettings {
  /** What every output begins with and is no part of it. */
  prompt: readonly number[];
  /** The first tokens of every output, whatever the model thinks. */
  forced: readonly number[];
  /** The token that an output ends with when it has become as long as it may, whatever the model thinks. */
  forcedLast?: number | undefined;
  end: readonly number[];
  banned: readonly number[];
  /** Most tokens of an output, prompt included. */
  maxLength: number;
  /** Fewest tokens before an output may end, prompt included. */
  minLength: number;
  beams: number;
  /** How many outputs of each row are wanted, at most `beams`. */
  best: number;
  lengthPenalty: number;
  /** Whether a text is done as soon as there are as many outputs as beams. */
  earlyStopping: boolean;
  noRepeatNgram: number;
  /** Awaited after every step. The rows it resolves to, counted as at the start, leave the batch. */
  turn?: (() => Promise<ReadonlySet<number>>) | undefined;
}

export const settingsOf = (
  config: GenerationConfig,
  asked: Partial<SearchSettings> = {},
): SearchSettings => ({
  prompt: [config.start],
  forced: config.forcedFirst === undefined ? [] : [config.forcedFirst],
  forcedLast: config.forcedLast,
  end: config.end,
  banned: config.banned,
  maxLength: config.maxLength,
  minLength: config.minLength,
  beams: config.beams,
  best: 1,
  lengthPenalty: config.lengthPenalty,
  earlyStopping: config.earlyStopping,
  noRepeatNgram: config.noRepeatNgram,
  ...asked,
});

/** The best outputs of every row of the decoder, best first. */
export const search = (decoder: Decoder, settings: SearchSettings): Promise<Hypothesis[][]> =>
  settings.beams > 1 ? beamSearch(decoder, settings) : greedySearch(decoder, settings);
