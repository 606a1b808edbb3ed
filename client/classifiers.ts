import type { Classifier, ClassifierVersions, TrainClassifierRequest } from '#contracts';
import type { Call, CallSettings } from './call.ts';

const at = (name: string) => `/api/v1/classifiers/${encodeURIComponent(name)}`;

/** Classifiers trained on one's own rows. */
export const classifierCalls = (call: Call) => ({
  list: async () => (await call<{ classifiers: Classifier[] }>('GET', '/api/v1/classifiers')).classifiers,
  versions: async (name: string) => (await call<ClassifierVersions>('GET', at(name))).versions,
  /** Answers when it is trained, which may take minutes. */
  train: (request: TrainClassifierRequest, settings?: CallSettings) =>
    call<Classifier>('POST', '/api/v1/classifiers', request, settings),
  remove: (name: string) => call<void>('DELETE', at(name)),
});
