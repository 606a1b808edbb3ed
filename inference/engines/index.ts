import type { EngineRegistry } from '../engine.ts';

/** Every engine, by the name cards use. */
export const engines = {
  onnx: async () => (await import('./onnx.ts')).onnxEngine,
  fake: async () => (await import('./fake.ts')).fakeEngine,
} satisfies EngineRegistry;
