export { Batcher, type BatcherLimits, type Capacity, type Entry, type Lane } from './batcher.ts';
export { ModelCatalogue } from './catalogue.ts';
export { encodeTexts, type Pass } from './encoder.ts';
export type { Engine, EngineRegistry, Session, SessionOptions, Tensor, Tensors } from './engine.ts';
export { engines } from './engines/index.ts';
export { readGenerationConfig } from './generation/config.ts';
export { type SearchSettings, search, settingsOf } from './generation/search.ts';
export type { Kernel, KernelInput, KernelOutput, KernelPass, KernelRegistry, LoadedModel } from './kernel.ts';
export { pack } from './packing.ts';
export { Pool, type PoolObserver, type PoolOptions, type PoolStatus } from './pool.ts';
export { type Progress, partOf, unfollowed } from './progress.ts';
export type { InferenceReply, InferenceRequest, Runtime } from './runtime.ts';
export { ModelStore } from './store.ts';
export {
  type Caller,
  defineTask,
  type ModelCall,
  modelFor,
  type Task,
  type TaskCallRequest,
  type TaskRegistry,
  TaskRunner,
} from './task.ts';
export { loadTokenizer } from './tokenizer.ts';
export { serveWorker, type WorkerParts } from './worker.ts';
