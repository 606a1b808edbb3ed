import type { ModelDetail, ModelPull, ModelStatus, PullRequestBody, UnusableModel } from '#contracts';
import type { Call } from './call.ts';

const at = (id: string) => `/api/v1/models/${encodeURIComponent(id)}`;
const pulls = '/api/v1/models/pulls';

/** The models of the installation. Changing them needs `admin`. */
export const modelCalls = (call: Call) => ({
  list: async () => (await call<{ models: ModelStatus[] }>('GET', '/api/v1/models')).models,
  /** What is in the folders of models and cannot be served. */
  unusable: async () => (await call<{ unusable: UnusableModel[] }>('GET', '/api/v1/models')).unusable,
  get: (id: string) => call<ModelDetail>('GET', at(id)),
  remove: (id: string) => call<void>('DELETE', at(id)),
  verify: (id: string) => call<ModelStatus>('POST', `${at(id)}/verification`),
  pin: (id: string) => call<ModelStatus>('PUT', `${at(id)}/pin`),
  unpin: (id: string) => call<ModelStatus>('DELETE', `${at(id)}/pin`),
  /** Models on their way from the hub. */
  pulls: {
    start: (request: Partial<PullRequestBody> & { model: string }) => call<ModelPull>('POST', pulls, request),
    list: async () => (await call<{ pulls: ModelPull[] }>('GET', pulls)).pulls,
    get: (id: string) => call<ModelPull>('GET', `${pulls}/${encodeURIComponent(id)}`),
    cancel: (id: string) => call<ModelPull>('DELETE', `${pulls}/${encodeURIComponent(id)}`),
  },
});
