import { type KserveModel, kserveConfig, kserveModel, kserveServer, ParlanceError } from '#contracts';
import type { Engine, Session, SessionOptions, Tensors } from '../../engine.ts';
import type { Endpoint } from '../endpoint.ts';
import { excerpt, isAnswer } from '../failures.ts';
import { malformed, readJsonReply } from '../read.ts';
import { readAnswer, type SentTensor, writeRequest } from './message.ts';

/** What a server says of a model before anything is asked of it. */
interface About {
  model: KserveModel;
  /** Whether tensors may travel as bytes. */
  binary: boolean;
  /** Rows of one request; undefined where the server has no such limit, or does not say. */
  mostRows: number | undefined;
}

/** A graph on a server that may take only so many rows at once. */
export interface RemoteSession extends Session {
  readonly mostRows: number | undefined;
}

/**
 * Graphs on a server of the Open Inference Protocol (KServe v2): Triton, OpenVINO, MLServer. `graph` of the options is what the server
 * calls the model. What it says of the model is asked once, and again after it failed.
 */
export class KserveEngine implements Engine {
  readonly name = 'kserve';
  readonly #endpoint: Endpoint;
  readonly #known = new Map<string, About>();

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint;
  }

  /**
   * Whether the model is loaded there and takes requests.
   * @throws ParlanceError as `Endpoint.call`, `model_unavailable` for one that is not ready
   */
  async check(graph: string, signal: AbortSignal): Promise<void> {
    const reply = await this.#endpoint.call({ path: `${pathOf(graph)}/ready` }, signal);
    if (isAnswer(reply)) return;
    const detail = `The server of model ${this.#endpoint.model} has not loaded it. Load it there, or correct the card.`;
    this.#known.delete(graph);
    throw new ParlanceError('model_unavailable', detail, { cause: excerpt(reply) });
  }

  async load({ graph, width, signal = never }: SessionOptions): Promise<RemoteSession> {
    const about = this.#known.get(graph) ?? (await this.#ask(graph, signal));
    this.#known.set(graph, about);
    const { inputs, outputs } = about.model;
    return {
      inputNames: inputs.map(({ name }) => name),
      outputNames: outputs.map(({ name }) => name),
      mostRows: about.mostRows,
      shapeOf: (input) => inputs.find(({ name }) => name === input)?.shape,
      run: (tensors, wanted = outputs.map(({ name }) => name)) =>
        this.#run(graph, about, { tensors, wanted, width, signal }),
      // The server keeps the model for whoever else asks.
      release: () => Promise.resolve(),
    };
  }

  async #ask(graph: string, signal: AbortSignal): Promise<About> {
    const read = async <T>(path: string, schema: Parameters<typeof readJsonReply<T>>[2]) =>
      readJsonReply(this.#endpoint.model, await this.#endpoint.call({ path }, signal), schema);
    const { extensions } = await read('/v2', kserveServer);
    const model = await read(pathOf(graph), kserveModel);
    const hasConfig = extensions?.includes('model_configuration');
    const config = hasConfig ? await read(`${pathOf(graph)}/config`, kserveConfig) : {};
    return {
      model,
      binary: extensions?.includes('binary_tensor_data') ?? false,
      mostRows: config.max_batch_size || undefined,
    };
  }

  async #run(
    graph: string,
    { model, binary }: About,
    {
      tensors,
      wanted,
      width,
      signal,
    }: { tensors: Tensors; wanted: readonly string[]; width: number; signal: AbortSignal },
  ): Promise<Tensors> {
    const inputs = model.inputs.map(({ name, datatype }): SentTensor => {
      const tensor = tensors[name];
      if (!tensor) throw malformed(this.#endpoint.model, `asks for ${name}, which this model has not`);
      return { name, datatype, tensor };
    });
    const { body, jsonLength } = writeRequest(inputs, wanted, binary);
    const headers = {
      'content-type': jsonLength === undefined ? 'application/json' : 'application/octet-stream',
      ...(jsonLength !== undefined && { [jsonLengthHeader]: String(jsonLength) }),
    };
    try {
      const reply = await this.#endpoint.call({ path: `${pathOf(graph)}/infer`, body, headers }, signal);
      if (!isAnswer(reply)) throw malformed(this.#endpoint.model, 'refuses the tensors', excerpt(reply));
      const length = reply.header(jsonLengthHeader);
      const answer = readAnswer(reply.body, length === null ? undefined : Number(length));
      this.#verify(answer, wanted, inputs[0]?.tensor.dims[0] ?? 0, width);
      return answer;
    } catch (error) {
      // Another version may have been loaded meanwhile.
      this.#known.delete(graph);
      throw error instanceof ParlanceError
        ? error
        : malformed(this.#endpoint.model, (error as Error).message, error);
    }
  }

  /** What kernels rely on without a look. */
  #verify(answer: Tensors, wanted: readonly string[], rows: number, width: number): void {
    for (const name of wanted) {
      const dims = answer[name]?.dims;
      if (!dims) throw new Error(`has no output ${name}`);
      if (dims[0] !== rows || dims.at(-1) !== width) {
        throw new Error(`has ${name} of ${dims.join(' × ')} where ${rows} rows of ${width} belong`);
      }
    }
  }
}

const jsonLengthHeader = 'inference-header-content-length';
const never = new AbortController().signal;
const pathOf = (graph: string): string => `/v2/models/${encodeURIComponent(graph)}`;
