import type { InferenceReply, InferenceRequest, Runtime } from '../runtime.ts';

/** Sends each request where its model is: to the queue of a server, or to the workers here. */
export class RoutedRuntime implements Runtime {
  readonly #local: Runtime;
  readonly #remote: ReadonlyMap<string, Runtime>;

  /** @param remote by the id of the model */
  constructor(local: Runtime, remote: ReadonlyMap<string, Runtime>) {
    this.#local = local;
    this.#remote = remote;
  }

  infer(request: InferenceRequest): Promise<InferenceReply> {
    return (this.#remote.get(request.model) ?? this.#local).infer(request);
  }
}
