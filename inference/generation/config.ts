import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Sampling } from './sampling.ts';

const ids = z.union([z.number().int(), z.array(z.number().int())]).transform((value) => [value].flat());

/** What `config.json` and `generation_config.json` of the Hugging Face layout say about writing; the second wins. */
const written = z.object({
  decoder_start_token_id: z.number().int().nullish(),
  bos_token_id: z.number().int().nullish(),
  eos_token_id: ids.nullish(),
  pad_token_id: z.number().int().nullish(),
  forced_bos_token_id: z.number().int().nullish(),
  forced_eos_token_id: ids.nullish(),
  bad_words_ids: z.array(z.array(z.number().int())).nullish(),
  vocab_size: z.number().int().positive().nullish(),
  decoder_vocab_size: z.number().int().positive().nullish(),
  max_length: z.number().int().positive().nullish(),
  min_length: z.number().int().min(0).nullish(),
  early_stopping: z.union([z.boolean(), z.string()]).nullish(),
  max_position_embeddings: z.number().int().positive().nullish(),
  num_beams: z.number().int().positive().nullish(),
  length_penalty: z.number().nullish(),
  no_repeat_ngram_size: z.number().int().min(0).nullish(),
  do_sample: z.boolean().nullish(),
  temperature: z.number().min(0).nullish(),
  top_k: z.number().int().min(0).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  repetition_penalty: z.number().positive().nullish(),
});

/** How a model writes where nothing else is asked. */
export interface GenerationConfig {
  /** What every output begins with, and is no part of it. */
  start: number;
  /** How many tokens there are to choose from. */
  vocabulary: number;
  /** Any of them ends an output. */
  end: readonly number[];
  pad: number;
  /** The first token of every output, where a model wants one (its language, as a rule). */
  forcedFirst: number | undefined;
  /** The last token of an output that has become as long as it may, where a model wants one. */
  forcedLast: number | undefined;
  /** Never written. */
  banned: readonly number[];
  /** Most tokens of an output, the start included. */
  maxLength: number;
  /** Fewest tokens before an output may end, the start included. */
  minLength: number;
  beams: number;
  lengthPenalty: number;
  /** Whether a beam search is content with as many outputs as it has beams, even if better ones may come. */
  earlyStopping: boolean;
  noRepeatNgram: number;
  /** For models that go on with a text: the likeliest token where the files ask for no sampling. */
  sampling: Sampling;
}

/** Reads how a model writes from its folder. Throws when the files do not say how an output begins or ends. */
export async function readGenerationConfig(folder: string): Promise<GenerationConfig> {
  const [model, generation] = await Promise.all(
    ['config.json', 'generation_config.json'].map(async (name) =>
      written.parse(JSON.parse(await readFile(join(folder, name), 'utf8').catch(absent))),
    ),
  );
  const said = <K extends keyof z.infer<typeof written>>(key: K) => generation?.[key] ?? model?.[key];
  const end = said('eos_token_id') ?? [];
  const start = said('decoder_start_token_id') ?? said('bos_token_id') ?? said('pad_token_id');
  const vocabulary = said('decoder_vocab_size') ?? said('vocab_size');
  if (end.length === 0 || start == null || vocabulary == null)
    throw new Error(`${folder} does not say how an output begins and ends, or of how many tokens`);
  const sampled = said('do_sample') ?? false;
  return {
    start,
    vocabulary,
    end,
    pad: said('pad_token_id') ?? end[0] ?? 0,
    forcedFirst: said('forced_bos_token_id') ?? undefined,
    forcedLast: said('forced_eos_token_id')?.[0],
    // Words of several tokens would need a look back; no model that we know of bans one.
    banned: (said('bad_words_ids') ?? []).flatMap((word) => (word.length === 1 ? word : [])),
    maxLength: said('max_length') ?? said('max_position_embeddings') ?? 512,
    minLength: said('min_length') ?? 0,
    beams: said('num_beams') ?? 1,
    lengthPenalty: said('length_penalty') ?? 1,
    earlyStopping: said('early_stopping') === true,
    noRepeatNgram: said('no_repeat_ngram_size') ?? 0,
    sampling: {
      temperature: sampled ? (said('temperature') ?? 1) : 0,
      topK: said('top_k') ?? undefined,
      topP: said('top_p') ?? undefined,
      repetitionPenalty: said('repetition_penalty') ?? undefined,
    },
  };
}

function absent(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return '{}';
  throw error;
}
