import { z } from 'zod';
import { ParlanceError } from '#contracts';
import { encoderGraph, type ModelKind, type ModelLayout, maxTokensOf, readJson } from '#inference';

/** Encoders whose token states become one vector, as sentence-transformers keeps them; without its files the mean, at unit length. */
export const sentenceEmbedding: ModelKind = {
  name: 'sentence embedding',
  async describe(facts) {
    const { id, config, layout, task } = facts;
    const modules = await modulesOf(layout);
    const bare = config.architectures?.some((name) => /(Model|ForMaskedLM)$/.test(name));
    if (!modules && !bare && task !== 'embeddings') return undefined;
    const graph = encoderGraph(facts);
    const dimensions = config.hidden_size ?? config.dim ?? config.d_model;
    if (!dimensions)
      throw new ParlanceError('unsupported', `The config.json of ${id} does not say its hidden_size.`);
    return {
      ...graph,
      task: 'embeddings',
      kernel: 'sentence-embedding',
      dimensions,
      pooling: (await poolingOf(id, layout, modules)) ?? 'mean',
      normalize: !modules || modules.some((kind) => kind === 'Normalize'),
      maxTokens: await maxTokensOf(facts),
    };
  },
};

const moduleList = z.array(z.looseObject({ type: z.string() }));

/** The steps from a text to a vector, by their last name; undefined where the model is not of sentence-transformers. */
async function modulesOf(layout: ModelLayout): Promise<string[] | undefined> {
  const modules = moduleList.safeParse(await readJson(layout, 'modules.json')).data;
  return modules?.map(({ type }) => type.split('.').at(-1) ?? type);
}

const poolingConfig = z.looseObject({
  pooling_mode_cls_token: z.boolean().optional(),
  pooling_mode_mean_tokens: z.boolean().optional(),
});

/** What is done here; a model that does more would get other vectors than its authors', which is worse than none. */
const steps = new Set(['Transformer', 'Pooling', 'Normalize']);

async function poolingOf(
  id: string,
  layout: ModelLayout,
  modules: string[] | undefined,
): Promise<'mean' | 'cls' | undefined> {
  if (!modules) return undefined;
  const unknown = modules.find((kind) => !steps.has(kind));
  if (unknown) throw new ParlanceError('unsupported', `${id} has a step ${unknown}, which is not done here.`);
  const path = layout.paths.find((each) => /^\d+_Pooling\/config\.json$/.test(each));
  const pooling = poolingConfig.safeParse(path && (await readJson(layout, path))).data;
  if (pooling?.pooling_mode_cls_token) return 'cls';
  if (pooling?.pooling_mode_mean_tokens) return 'mean';
  throw new ParlanceError('unsupported', `${id} pools its states neither by their mean nor by the first.`);
}
