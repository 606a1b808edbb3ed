import { ParlanceError } from '#contracts';
import { type ModelKind, maxTokensOf, writerGraphs } from '#inference';

/** Marian models that translate from one language into one other, such as those of the OPUS-MT project. */
export const marian: ModelKind = {
  name: 'Marian translation',
  async describe(facts) {
    const { id, config, own } = facts;
    if (config.model_type !== 'marian') return undefined;
    const graphs = writerGraphs(facts);
    const [source, target] = languagesOf(id);
    const pairs = own.pairs ?? (source && target ? [{ source, target, prefix: '' }] : []);
    if (pairs.length === 0) {
      const detail = `Neither the name of ${id} nor a card of ours says what it translates from and to. Say so by \`pairs\` in parlance.json.`;
      throw new ParlanceError('unsupported', detail);
    }
    return {
      ...graphs,
      task: 'translations',
      kernel: 'seq2seq',
      pairs,
      maxTokens: await maxTokensOf(facts),
    };
  },
};

/** `opus-mt-en-es` translates from English into Spanish. */
function languagesOf(id: string): string[] {
  const [, source = '', target = ''] =
    /(?:^|-)mt-([a-z]{2,3})-([a-z]{2,3})$/.exec(id.split('/').at(-1) ?? '') ?? [];
  return [source, target];
}
