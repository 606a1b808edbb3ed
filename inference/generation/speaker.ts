import { type ChatTemplate, readChatTemplate } from '../chat-template.ts';
import type { Session } from '../engine.ts';
import { type Causal, optimumCausal } from './causal.ts';
import { type GenerationConfig, readGenerationConfig } from './config.ts';
import { causalEcho } from './echo.ts';

/** What a model that can be talked to has beside its tokenizer. */
export interface Speaker {
  model: Causal;
  config: GenerationConfig;
  template: ChatTemplate;
}

/**
 * Opens the graph of a model that can be talked to, whose other files are in `folder`. Throws where one of them is missing.
 * @param passTokens as of `CausalGraph`
 * @param fake whether the graph is none, and what is read is to be said again
 */
export async function openSpeaker(
  graph: Session,
  folder: string,
  { passTokens, fake = false }: { passTokens: number; fake?: boolean },
): Promise<Speaker> {
  const [config, template] = await Promise.all([readGenerationConfig(folder), readChatTemplate(folder)]);
  const { vocabulary } = config;
  const model = fake ? causalEcho(config) : optimumCausal({ graph, vocabulary, passTokens });
  return { model, config, template };
}
