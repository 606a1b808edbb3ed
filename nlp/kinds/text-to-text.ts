import { z } from 'zod';
import { ParlanceError, type TranslationPair } from '#contracts';
import { type ModelKind, maxTokensOf, writerGraphs } from '#inference';

const asked = z.record(z.string(), z.looseObject({ prefix: z.string().nullish() })).nullish();

/** T5, BART, Pegasus and their kin: for summaries, unless a card of ours or the caller says translations. */
export const textToText: ModelKind = {
  name: 'T5 or BART summary',
  async describe(facts) {
    const { id, config, own, task = 'summaries' } = facts;
    if (!config.architectures?.some((name) => name.endsWith('ForConditionalGeneration'))) return undefined;
    if (!readsText.test(config.model_type ?? '')) return undefined;
    const graphs = writerGraphs(facts);
    const about = { ...graphs, kernel: 'seq2seq', maxTokens: await maxTokensOf(facts) };
    const ways = asked.safeParse(config.task_specific_params).data ?? {};
    const prefix = ways.summarization?.prefix;
    if (task === 'summaries') return { ...about, task, ...(prefix && { prefix }) };
    const pairs = own.pairs ?? pairsOf(ways);
    if (task === 'translations' && pairs.length > 0) return { ...about, task, pairs };
    const detail = `The config.json of ${id} does not say how it is asked for ${task}. Say so by \`pairs\` in parlance.json.`;
    throw new ParlanceError('unsupported', detail);
  },
};

/** Others of this name read pictures or sound. */
const readsText = /^(?:t5|mt5|longt5|umt5|bart|pegasus|led|prophetnet|blenderbot.*)$/;

/** `translation_en_to_de` is how the config of T5 names what it was trained to do. */
function pairsOf(ways: NonNullable<z.infer<typeof asked>>): TranslationPair[] {
  return Object.entries(ways).flatMap(([name, { prefix }]) => {
    const [, source, target] = /^translation_([a-z]{2,3})_to_([a-z]{2,3})$/.exec(name) ?? [];
    return source && target ? [{ source, target, prefix: prefix ?? '' }] : [];
  });
}
