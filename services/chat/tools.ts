import type { Intent, SearchResponse } from '#contracts';
import type { Lane } from '#inference';
import { type ChatTools, type Embed as EmbedTexts, type IntentIndex, indexIntents } from '#nlp';

/** Texts as unit vectors, in their order. */
export type Embed = (texts: string[], caller: { tenant: string; lane: Lane }) => Promise<ArrayLike<number>[]>;

/** What answering needs of the knowledge base. */
export interface KnowledgeSource {
  search(
    tenant: string,
    request: { query: string; language: string; limit: number; signal?: AbortSignal },
  ): Promise<SearchResponse>;
  intents: { list(tenant: string): Promise<Intent[]> };
}

/** Sentences of articles are asked for again and again. 384 numbers each: about 12 MB. */
const keptVectors = 8_192;
/** For so long changed intents may go unnoticed. */
const intentsMs = 5_000;

/** What answering needs, for one tenant at a time. */
export function createTools(
  embed: Embed,
  knowledge: KnowledgeSource,
): (tenant: string, signal: AbortSignal) => ChatTools {
  const vectors = new Map<string, Promise<Float32Array>>();
  const known = new Map<string, { at: number; json: string; index: Promise<IntentIndex> }>();

  const embedder =
    (tenant: string): EmbedTexts =>
    async (texts) => {
      const missing = [...new Set(texts)].filter((text) => !vectors.has(text));
      if (missing.length > 0) {
        // Others may wait for the same text: whoever leaves does not take it with them.
        const call = embed(missing, { tenant, lane: 'interactive' });
        for (const [at, text] of missing.entries()) {
          const vector = call.then((found) => Float32Array.from(found[at] ?? []));
          vectors.set(text, vector);
          // What failed is asked for anew.
          vector.catch(() => vectors.delete(text));
        }
      }
      const found = texts.map((text) => refreshed(vectors, text));
      while (vectors.size > keptVectors) vectors.delete(vectors.keys().next().value as string);
      return await Promise.all(found);
    };

  async function intentsOf(tenant: string): Promise<IntentIndex> {
    const there = known.get(tenant);
    if (there && performance.now() - there.at < intentsMs) return await there.index;
    const intents = await knowledge.intents.list(tenant);
    const json = JSON.stringify(intents);
    const index = there?.json === json ? there.index : indexIntents(intents, embedder(tenant));
    known.set(tenant, { at: performance.now(), json, index });
    index.catch(() => known.delete(tenant));
    return await index;
  }

  return (tenant, signal) => ({
    embed: embedder(tenant),
    search: (request) => knowledge.search(tenant, { ...request, signal }),
    intents: () => intentsOf(tenant),
  });
}

/** The latest used is the last to go. */
function refreshed<V>(map: Map<string, V>, key: string): V {
  const value = map.get(key) as V;
  map.delete(key);
  map.set(key, value);
  return value;
}
