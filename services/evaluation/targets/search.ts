import { asJson, type Target } from '#eval';
import type { KnowledgeSearch } from '../../knowledge/index.ts';
import { textOf } from './task.ts';

/**
 * The knowledge base's search: the input is a question; the output has the places found, best first, as `source#heading`, with
 * the best evidence. A row's slice named `language` says in which language it is asked.
 */
export function searchTarget(
  limit: number,
  tenant: string,
  knowledge: Pick<KnowledgeSearch, 'search'>,
): Target {
  return {
    name: 'search',
    revision: null,
    async ask(sample) {
      const language = sample.slices.language ?? 'en';
      const { hits, answerable } = await knowledge.search(tenant, { query: textOf(sample), language, limit });
      const found = hits.map(({ passage }) => `${passage.sourceName}#${passage.headings.at(-1) ?? ''}`);
      return { output: asJson({ found: [...new Set(found)], evidence: hits[0]?.evidence ?? 0, answerable }) };
    },
  };
}
