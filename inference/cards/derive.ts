import type { z } from 'zod';
import { invalidInput, type ModelCard, ParlanceError } from '#contracts';
import { behindEndpoint } from './endpoint.ts';
import { weightsBeside } from './graphs.ts';
import { type KindOfCard, type ModelFacts, type ModelKind, modelConfig } from './kind.ts';
import { type ModelLayout, readJson } from './layout.ts';
import { type AboutModel, cardFile, type DerivedCard, type OwnCard, ownCard } from './own.ts';
import { factsOfReadme } from './readme.ts';

/**
 * Makes a card for a model in Hugging Face layout from its own files; what a card of ours among them says goes first.
 * @throws ParlanceError `unsupported` for a model that cannot be served, with what is missing
 */
export async function deriveCard(
  layout: ModelLayout,
  kinds: readonly ModelKind[],
  about: AboutModel,
): Promise<DerivedCard> {
  const own = parsed(ownCard, await readJson(layout, cardFile), cardFile) ?? {};
  if (own.endpoint) return behindEndpoint(own, about);
  const readme = await layout.text('README.md');
  const { licence, languages } = factsOfReadme(readme ?? '');
  const told = { ...about, task: own.task ?? about.task };
  const kind = isComplete(own) ? own : await describe(layout, kinds, told, { languages, own });
  if (about.task !== undefined && kind.task !== about.task)
    throw unsupported(`${about.id} is a model for ${kind.task}, not for ${about.task}.`);
  const { files: _files, revision: _revision, ...said } = own;
  return {
    name: about.id.split('/').at(-1) ?? about.id,
    description: '',
    engine: 'onnx',
    licence: licence ?? 'not stated',
    languages,
    ...(readme !== undefined && { card: 'README.md' }),
    ...kind,
    quality: [],
    ...said,
    id: about.id,
    source: about.source,
    task: said.task ?? kind.task,
  };
}

function isComplete(own: OwnCard): own is OwnCard & KindOfCard {
  const { task, kernel, graph, dtype, maxTokens } = own;
  return [task, kernel, graph, dtype, maxTokens].every((each) => each !== undefined);
}

async function describe(
  layout: ModelLayout,
  kinds: readonly ModelKind[],
  { id, task }: AboutModel,
  said: Pick<ModelFacts, 'languages' | 'own'>,
): Promise<KindOfCard> {
  const config = parsed(modelConfig, await readJson(layout, 'config.json'), 'config.json');
  if (!config) throw unsupported(`${id} has no config.json: it is not a model in Hugging Face layout.`);
  for (const kind of kinds) {
    const card = await kind.describe({ ...said, id, layout, config, task });
    if (card) return card;
  }
  const architecture = config.architectures?.join(', ') || config.model_type || 'unknown';
  const known = kinds.map(({ name }) => name).join(', ');
  throw unsupported(
    `${id} (${architecture}) is none of the kinds of model that are served: ${known}. If it is one after all, say so in ${cardFile} beside it.`,
  );
}

function parsed<T>(schema: z.ZodType<T>, value: unknown, file: string): T | undefined {
  if (value === undefined) return undefined;
  const { data, error } = schema.safeParse(value);
  if (error) throw unsupported(`${file} is not what it should be. ${invalidInput(error, file).message}`);
  return data;
}

const unsupported = (message: string) => new ParlanceError('unsupported', message);

/** Files beside the graphs that say how to read and write text and what the model is. */
const described =
  /^(config|generation_config|tokenizer|tokenizer_config|special_tokens_map|added_tokens|modules|sentence_bert_config)\.json$|^chat_template\.(json|jinja)$|^\d+_\w+\/config\.json$/;

/**
 * The files that a model is served from, among those it has.
 * @throws ParlanceError `unsupported` for a model without tokenizer or without a graph that its card names
 */
export function filesOf(
  card: Pick<ModelCard, 'id' | 'graph' | 'decoder' | 'decoderNext' | 'kernel'>,
  paths: readonly string[],
): string[] {
  const graphs = [card.graph, card.decoder ?? '', card.decoderNext ?? ''].filter((graph) => graph !== '');
  // Without a kernel nothing is read here: a server elsewhere takes the texts.
  const needed = card.kernel === '' ? graphs : ['tokenizer.json', ...graphs];
  const missing = needed.find((path) => !paths.includes(path));
  if (missing === 'tokenizer.json') {
    const remedy = 'Save its fast tokenizer there: AutoTokenizer.from_pretrained(…).save_pretrained(…).';
    throw unsupported(`${card.id} has no tokenizer.json. ${remedy}`);
  }
  if (missing !== undefined) throw unsupported(`${card.id} has no ${missing}.`);
  const weights = graphs.flatMap((graph) => [graph, ...weightsBeside(graph, paths)]);
  return [...paths.filter((path) => described.test(path)), ...weights].sort();
}
