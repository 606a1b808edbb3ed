import { type ModelCard, ParlanceError } from '#contracts';
import type { ModelFacts } from './kind.ts';

/** A graph file, and the number format that its name stands for. */
export interface GraphFile {
  graph: string;
  dtype: ModelCard['dtype'];
}

/** What optimum and transformers.js append to the name of a graph, the fastest on a CPU first. */
const variants = [
  ['_quantized', 'int8'],
  ['_int8', 'int8'],
  ['', 'fp32'],
] as const;

/** The best graph of this name for a CPU among the files of a model; undefined where there is none. */
export function graphNamed(stem: string, paths: readonly string[]): GraphFile | undefined {
  const candidates = variants.flatMap(([suffix, dtype]) =>
    [`onnx/${stem}${suffix}.onnx`, `${stem}${suffix}.onnx`].map((graph) => ({ graph, dtype })),
  );
  return candidates.find(({ graph }) => paths.includes(graph));
}

/**
 * The graph of a model that is an encoder alone.
 * @throws ParlanceError `unsupported` where there is none
 */
export function encoderGraph({ id, layout }: ModelFacts): GraphFile {
  const graph = graphNamed('model', layout.paths);
  if (graph) return graph;
  throw new ParlanceError('unsupported', `${id} has no onnx/model.onnx. Export it to ONNX.`);
}

/**
 * The graphs of a model that reads a text and writes another: a merged decoder, or two, or one without a cache.
 * @throws ParlanceError `unsupported` where one is missing
 */
export function writerGraphs({
  id,
  layout,
}: ModelFacts): GraphFile & Pick<ModelCard, 'decoder' | 'decoderNext'> {
  const encoder = graphNamed('encoder_model', layout.paths);
  const merged = graphNamed('decoder_model_merged', layout.paths);
  const decoder = merged ?? graphNamed('decoder_model', layout.paths);
  const next = merged ? undefined : graphNamed('decoder_with_past_model', layout.paths);
  if (encoder && decoder)
    return { ...encoder, decoder: decoder.graph, ...(next && { decoderNext: next.graph }) };
  const detail = `${id} has no encoder_model.onnx with a decoder_model_merged.onnx. Export it to ONNX with optimum.`;
  throw new ParlanceError('unsupported', detail);
}

/** Weights that a graph keeps beside itself, as exporters name such files. */
export const weightsBeside = (graph: string, paths: readonly string[]): string[] =>
  paths.filter((path) => path.startsWith(`${graph}_data`) || path.startsWith(`${graph}.data`));
