/** Element types that cross the engine border: int64 is what tokenizers feed, float32 what heads read, a byte is a boolean. */
export type TensorData = BigInt64Array | Float32Array | Uint8Array;

/** A dense row-major tensor. */
export interface Tensor {
  data: TensorData;
  dims: readonly number[];
}

export type Tensors = Record<string, Tensor>;

/** A loaded graph. One caller at a time: a worker runs the batches of a model one after the other. */
export interface Session {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** The dimensions of an input as the graph declares them, names for those that vary; undefined where they are not known. */
  shapeOf(input: string): readonly (number | string)[] | undefined;
  /** One forward pass, for these outputs or all. Inputs the graph does not declare are ignored by the caller, not here. */
  run(inputs: Tensors, outputs?: readonly string[]): Promise<Tensors>;
  release(): Promise<void>;
}

export interface SessionOptions {
  /** Absolute path of the graph file. */
  graph: string;
  /** Threads inside one operator; workers × threads should not exceed the cores. */
  threads: number;
  /** Output width the card promises: classes for logits, dimensions for hidden states. */
  width: number;
  /** Ends what the session asks of a server elsewhere. */
  signal?: AbortSignal | undefined;
}

/** Something that can load a graph: onnxruntime, a remote server, a deterministic fake. */
export interface Engine {
  readonly name: string;
  load(options: SessionOptions): Promise<Session>;
}

/** Engines by name, loaded only when asked for so that nobody pays for a native module they do not use. */
export type EngineRegistry = Record<string, () => Promise<Engine>>;
