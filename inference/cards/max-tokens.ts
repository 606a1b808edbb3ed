import { z } from 'zod';
import type { ModelFacts } from './kind.ts';
import { readJson } from './layout.ts';

const tokenizerConfig = z.looseObject({ model_max_length: z.number().nullish() });
const sentenceConfig = z.looseObject({ max_seq_length: z.number().int().positive().nullish() });

/** Positions that RoBERTa and its kin keep for padding, so that two fewer tokens fit than they have. */
const padded = new Set(['roberta', 'xlm-roberta', 'camembert', 'mpnet', 'longformer']);
/** What T5 and others were trained on that have no table of positions, and so no limit of their own. */
const customary = 512;

/** How many tokens a model reads: the least that its files say. */
export async function maxTokensOf({ layout, config }: ModelFacts): Promise<number> {
  const tokenizer = tokenizerConfig.safeParse(await readJson(layout, 'tokenizer_config.json')).data;
  const sentence = sentenceConfig.safeParse(await readJson(layout, 'sentence_bert_config.json')).data;
  const positions = config.max_position_embeddings ?? config.n_positions;
  const spare = padded.has(config.model_type ?? '') ? 2 : 0;
  const said = [
    sentence?.max_seq_length,
    // Where there is no limit the file has a number of thirty digits.
    tokenizer?.model_max_length,
    positions && positions - spare,
  ].filter((limit) => typeof limit === 'number' && Number.isSafeInteger(limit) && limit > 0);
  return said.length > 0 ? Math.min(...(said as number[])) : customary;
}
