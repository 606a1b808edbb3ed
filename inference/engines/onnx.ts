import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import type { Engine, Session, SessionOptions, Tensors } from '../engine.ts';
import { int8SumsAreExact } from './int8-sums.ts';

/** onnxruntime on the CPU. Spinning is off: idle threads that burn a core are taken from the other workers. */
export const onnxEngine: Engine = {
  name: 'onnx',
  async load({ graph, threads }: SessionOptions): Promise<Session> {
    // Slower sums, where the fast ones would let vectors drift to a cosine of 0.97.
    const x64quantprecision = (await int8SumsAreExact()) ? '0' : '1';
    const session = await InferenceSession.create(graph, {
      executionProviders: ['cpu'],
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      // Shapes vary from batch to batch, so a pattern learned for one shape only holds memory for the next.
      enableMemPattern: false,
      extra: { session: { intra_op: { allow_spinning: '0' }, x64quantprecision } },
    });
    return {
      inputNames: session.inputNames,
      outputNames: session.outputNames,
      shapeOf(input: string) {
        const about = session.inputMetadata.find(({ name }) => name === input);
        return about?.isTensor ? about.shape : undefined;
      },
      async run(inputs: Tensors, outputs?: readonly string[]): Promise<Tensors> {
        return fromOrt(await session.run(toOrt(inputs), outputs ?? session.outputNames));
      },
      release: () => session.release(),
    };
  },
};

function toOrt(inputs: Tensors): Record<string, OrtTensor> {
  const feeds: Record<string, OrtTensor> = {};
  for (const [name, { data, dims }] of Object.entries(inputs)) {
    feeds[name] =
      data instanceof BigInt64Array
        ? new OrtTensor('int64', data, dims)
        : data instanceof Uint8Array
          ? new OrtTensor('bool', data, dims)
          : new OrtTensor('float32', data, dims);
  }
  return feeds;
}

function fromOrt(outputs: InferenceSession.OnnxValueMapType): Tensors {
  const tensors: Tensors = {};
  for (const [name, value] of Object.entries(outputs)) {
    const tensor = value as OrtTensor;
    tensors[name] = { data: tensor.data as Float32Array, dims: tensor.dims };
  }
  return tensors;
}
