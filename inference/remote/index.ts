import { kserve } from './kserve/server.ts';
import { openAi } from './openai.ts';
import type { RemoteRegistry } from './server.ts';
import { tei } from './tei.ts';

/** Every protocol that a model behind an endpoint may speak, by the engine that its card names. */
export const remoteEngines = { kserve, openai: openAi, tei } satisfies RemoteRegistry;
