import { ParlanceError } from '#contracts';
import { graphNamed, type ModelKind, maxTokensOf } from '#inference';

/** Marian models that translate from one language into one other, such as those of the OPUS-MT project. */
export const marian: ModelKind = {
  name: 'Marian translation',
  async describe(facts) {
    const { id, config, layout } = facts;
    if (config.model_type !== 'marian') return undefined;
    const encoder = graphNamed('encoder_model', layout.paths);
    const decoder =
      graphNamed('decoder_model_merged', layout.paths) ?? graphNamed('decoder_model', layout.paths);
    if (!encoder || !decoder) {
      const detail = `${id} has no encoder_model.onnx with a decoder_model_merged.onnx. Export it to ONNX with optimum.`;
      throw new ParlanceError('unsupported', detail);
    }
    const [source, target] = languagesOf(id);
    if (!source || !target) {
      const detail = `Neither the name of ${id} nor a card of ours says what it translates from and to. Say so by \`pairs\` in parlance.json.`;
      throw new ParlanceError('unsupported', detail);
    }
    return {
      graph: encoder.graph,
      decoder: decoder.graph,
      dtype: encoder.dtype,
      task: 'translations',
      kernel: 'seq2seq',
      pairs: [{ source, target, prefix: '' }],
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
