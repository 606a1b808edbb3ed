import type { ModelCard } from '#contracts';

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

/** Weights that a graph keeps beside itself, as exporters name such files. */
export const weightsBeside = (graph: string, paths: readonly string[]): string[] =>
  paths.filter((path) => path.startsWith(`${graph}_data`) || path.startsWith(`${graph}.data`));
