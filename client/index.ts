import type { z } from 'zod';
import {
  type ApiKey,
  type AuditPage,
  type CreatedKey,
  type CreateExampleRequest,
  type CreateKeyRequest,
  type Example,
  ParlanceError,
  problem,
  type System,
  type TaskContracts,
  type TaskListResponse,
  type TaskName,
  type TaskResponse,
  taskContracts,
} from '#contracts';
import { batchCalls } from './batches.ts';
import type { Call, CallSettings, Open } from './call.ts';
import { classifierCalls } from './classifiers.ts';
import { conversationCalls, customerCalls } from './conversations.ts';
import { deskCalls } from './desk.ts';
import { datasetCalls, evaluationJobCalls, evaluationRunCalls, reviewCalls } from './evaluation.ts';
import { knowledgeCalls } from './knowledge.ts';
import { modelCalls } from './models.ts';
import { invitationCalls, peopleCalls, sessionCalls, teamCalls } from './people.ts';

export type { SubmitSettings } from './batches.ts';
export type { CallSettings } from './call.ts';
export { readEventStream, type StreamedEvent } from './event-stream.ts';

type Result<N extends TaskName> = z.infer<TaskContracts[N]['result']>;
type Options<N extends TaskName> = z.infer<TaskContracts[N]['options']> & { model?: string };

/** A task by name: one text gives one result, an array gives one entry per text in the same order. */
export interface TaskMethod<N extends TaskName> {
  (input: string, options?: Options<N>, call?: CallSettings): Promise<TaskResponse<Result<N>>>;
  (input: string[], options?: Options<N>, call?: CallSettings): Promise<TaskListResponse<Result<N>>>;
}

export type TaskMethods = { [N in TaskName]: TaskMethod<N> };

export interface ClientOptions {
  /** Where the server listens, such as http://127.0.0.1:8787. Empty in the browser: same origin. */
  baseUrl?: string;
  apiKey?: string;
  fetch?: typeof fetch;
  /** How often an overloaded server is asked again, each time after the `Retry-After` it gave. */
  maxRetries?: number;
}

const maxRetryWaitSeconds = 30;

/** The typed client of the native API. Every failure is a `ParlanceError` with the server's code and field errors. */
export class ParlanceClient {
  readonly tasks: TaskMethods;
  readonly #options: Required<Omit<ClientOptions, 'apiKey'>> & { apiKey: string | undefined };

  constructor(options: ClientOptions = {}) {
    this.#options = {
      baseUrl: (options.baseUrl ?? '').replace(/\/$/, ''),
      apiKey: options.apiKey,
      fetch: options.fetch ?? globalThis.fetch.bind(globalThis),
      maxRetries: options.maxRetries ?? 2,
    };
    const names = Object.keys(taskContracts) as TaskName[];
    this.tasks = Object.fromEntries(names.map((name) => [name, this.#task(name)])) as unknown as TaskMethods;
  }

  /** What the server is, how it is set up, and who it takes the caller for. */
  system = () => this.#json<System>('GET', '/api/v1/system');

  keys = {
    list: async () => (await this.#json<{ keys: ApiKey[] }>('GET', '/api/v1/keys')).keys,
    create: (request: Partial<CreateKeyRequest> & { name: string }) =>
      this.#json<CreatedKey>('POST', '/api/v1/keys', request),
    revoke: (id: string) => this.#json<ApiKey>('DELETE', `/api/v1/keys/${encodeURIComponent(id)}`),
  };

  examples = {
    list: async () => (await this.#json<{ examples: Example[] }>('GET', '/api/v1/examples')).examples,
    create: (request: CreateExampleRequest) => this.#json<Example>('POST', '/api/v1/examples', request),
    remove: (id: string) => this.#json<void>('DELETE', `/api/v1/examples/${encodeURIComponent(id)}`),
  };

  /** Newest first; pass `next` of one page to read the following one. */
  audit = (after?: string) =>
    this.#json<AuditPage>('GET', `/api/v1/audit${after ? `?after=${encodeURIComponent(after)}` : ''}`);

  readonly #call: Call = (...request) => this.#json(...request);
  readonly #open: Open = (path, call = {}) => this.#body('GET', path, undefined, call);
  models = modelCalls(this.#call);
  session = sessionCalls(this.#call);
  people = peopleCalls(this.#call);
  invitations = invitationCalls(this.#call);
  teams = teamCalls(this.#call);
  classifiers = classifierCalls(this.#call);
  batches = batchCalls(this.#call, this.#open);
  knowledge = knowledgeCalls(this.#call);
  customers = customerCalls(this.#call);
  conversations = conversationCalls(this.#call, this.#open);
  desk = deskCalls(this.#call, this.#open);
  evaluations = {
    runs: evaluationRunCalls(this.#call),
    jobs: evaluationJobCalls(this.#call),
    reviews: reviewCalls(this.#call, this.#open),
    datasets: datasetCalls(this.#call, this.#open),
  };

  /** A backup of the running installation, a .tar.gz, as it is being made. Needs `admin`; breaks off when it fails. */
  backup = (call: CallSettings = {}): Promise<ReadableStream<Uint8Array>> =>
    this.#body('POST', '/api/v1/backup', {}, call);

  #task(name: TaskName) {
    return (input: string | string[], options: Record<string, unknown> = {}, call: CallSettings = {}) => {
      const { model, ...rest } = options;
      return this.#json('POST', `/api/v1/${name}`, { input, model, options: rest }, call);
    };
  }

  async #json<T>(method: string, path: string, body?: unknown, call: CallSettings = {}): Promise<T> {
    const response = await this.#request(method, path, body, call);
    return (response.status === 204 ? undefined : await readJson(response, call.signal)) as T;
  }

  async #body(
    method: string,
    path: string,
    sent: unknown,
    call: CallSettings,
  ): Promise<ReadableStream<Uint8Array>> {
    const { body } = await this.#request(method, path, sent, call);
    if (!body) throw new ParlanceError('provider_failed', 'The server answered without a body.');
    return body;
  }

  /** A successful response, its body unread. */
  async #request(method: string, path: string, body: unknown, call: CallSettings): Promise<Response> {
    const headers: Record<string, string> = { accept: 'application/json', ...call.headers };
    const form = body instanceof FormData;
    // The boundary between the parts of a form is for the platform to choose and to name.
    if (body !== undefined && !form) headers['content-type'] = 'application/json';
    if (this.#options.apiKey) headers.authorization = `Bearer ${this.#options.apiKey}`;
    const init: RequestInit = { method, headers, signal: call.signal, keepalive: call.keepalive };
    if (body !== undefined) init.body = form ? body : JSON.stringify(body);

    for (let attempt = 0; ; attempt++) {
      const response = await this.#send(path, init);
      if (response.ok) return response;
      const error = await readProblem(response, call.signal);
      const wait = error.details.retryAfter ?? 1;
      const again = error.code === 'overloaded' && attempt < this.#options.maxRetries;
      if (!again || wait > maxRetryWaitSeconds) throw error;
      await sleep(wait * 1000, call.signal);
    }
  }

  async #send(path: string, init: RequestInit): Promise<Response> {
    try {
      return await this.#options.fetch(this.#options.baseUrl + path, init);
    } catch (cause) {
      if (init.signal?.aborted) throw cancelled(cause);
      const where = this.#options.baseUrl || 'the server';
      throw new ParlanceError('provider_failed', `No answer from ${where}. Is it running?`, { cause });
    }
  }
}

const cancelled = (cause?: unknown) => new ParlanceError('cancelled', 'The call was cancelled.', { cause });

/** Throws `cancelled` when the signal ends the reading and `provider_failed` when the body breaks off or is no JSON. */
async function readJson(response: Response, signal?: AbortSignal): Promise<unknown> {
  try {
    return await response.json();
  } catch (cause) {
    if (signal?.aborted) throw cancelled(cause);
    const what = cause instanceof SyntaxError ? 'something other than JSON' : 'half a response';
    throw new ParlanceError('provider_failed', `The server answered ${response.status} with ${what}.`, {
      cause,
    });
  }
}

async function readProblem(response: Response, signal?: AbortSignal): Promise<ParlanceError> {
  const retryAfter = Number(response.headers.get('retry-after')) || undefined;
  const parsed = problem.safeParse(await readJson(response, signal).catch(() => null));
  if (signal?.aborted) return cancelled();
  if (!parsed.success) {
    return new ParlanceError(
      'provider_failed',
      `The server answered ${response.status} without a problem body.`,
    );
  }
  const { code, detail, errors, news, requestId } = parsed.data;
  return new ParlanceError(code, detail, { details: { errors, news, retryAfter, requestId } });
}

/** Throws `cancelled` as soon as the signal is aborted. Leaves no listener behind: one signal may see a thousand retries. */
function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(cancelled());
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}
