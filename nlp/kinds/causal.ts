import { ParlanceError } from '#contracts';
import { graphNamed, type ModelKind, maxTokensOf } from '#inference';

/** Models that go on with a text, and were taught conversations: Llama, Qwen, SmolLM and their kin. */
export const causal: ModelKind = {
  name: 'chat model',
  async describe(facts) {
    const { id, config, layout } = facts;
    if (!config.architectures?.some((name) => /(ForCausalLM|LMHeadModel)$/.test(name))) return undefined;
    const graph = graphNamed('model', layout.paths);
    if (!graph) {
      const detail = `${id} has no onnx/model.onnx. Export it to ONNX with its cache: optimum-cli export onnx --task text-generation-with-past.`;
      throw new ParlanceError('unsupported', detail);
    }
    if (!(await hasChatTemplate(facts))) {
      const detail = `${id} has no chat template, so it cannot be talked to. Use the one of its makers that was taught conversations.`;
      throw new ParlanceError('unsupported', detail);
    }
    return { ...graph, task: 'chat', kernel: 'causal', maxTokens: await maxTokensOf(facts) };
  },
};

async function hasChatTemplate({ layout }: Parameters<ModelKind['describe']>[0]): Promise<boolean> {
  if (layout.paths.includes('chat_template.jinja')) return true;
  return (await layout.text('tokenizer_config.json'))?.includes('"chat_template"') ?? false;
}
