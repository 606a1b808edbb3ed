export { Batcher, type BatcherLimits, type Capacity, type Entry, type Lane } from './batcher.ts';
export { deriveCard, filesOf } from './cards/derive.ts';
export { type ModelDirectory, readModelDirectory } from './cards/directory.ts';
export { encoderGraph, graphNamed, writerGraphs } from './cards/graphs.ts';
export type { KindOfCard, ModelConfig, ModelFacts, ModelKind } from './cards/kind.ts';
export { layoutOf, type ModelLayout, readJson } from './cards/layout.ts';
export { maxTokensOf } from './cards/max-tokens.ts';
export type { DerivedCard } from './cards/own.ts';
export { pinCard } from './cards/pin.ts';
export { ModelCatalogue } from './catalogue.ts';
export { answered, encodeRows, encodeTexts, type Pass, type RowPass } from './encoder.ts';
export type { Engine, EngineRegistry, Session, SessionOptions, Tensor, Tensors } from './engine.ts';
export { engines } from './engines/index.ts';
export { readGenerationConfig } from './generation/config.ts';
export { type Beginning, continued } from './generation/continuing.ts';
export { openSeq2seq } from './generation/open.ts';
export { chooser, type Sampling } from './generation/sampling.ts';
export { type SearchSettings, search, settingsOf } from './generation/search.ts';
export { openSpeaker } from './generation/speaker.ts';
export { Spelling } from './generation/spelling.ts';
export { StopTexts } from './generation/stop-texts.ts';
export type {
  ConversationInput,
  Kernel,
  KernelInput,
  KernelOutput,
  KernelPass,
  KernelRegistry,
  LoadedModel,
} from './kernel.ts';
export type { ModelCondition, ModelSource } from './model-keeper.ts';
export type { PoolObserver, PoolStatus } from './observer.ts';
export { alikeBy, pack } from './packing.ts';
export { Pool, type PoolOptions } from './pool.ts';
export { type Progress, partOf, unfollowed } from './progress.ts';
export { type Random, seededRandom } from './random.ts';
export { Endpoint } from './remote/endpoint.ts';
export { remoteEngines } from './remote/index.ts';
export { KserveEngine } from './remote/kserve/engine.ts';
export { RemoteModel, type RemoteObserver } from './remote/remote-model.ts';
export { RoutedRuntime } from './remote/routed-runtime.ts';
export type { ModelServer, RemoteParts } from './remote/server.ts';
export type { RemoteReply, RemoteRequest, Transport } from './remote/transport.ts';
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
export type { PlacedTokens } from './token-places.ts';
export { loadTokenizer, type Tokenizer } from './tokenizer.ts';
export { toUnitLength } from './unit-length.ts';
export { serveWorker, type WorkerParts } from './worker.ts';
