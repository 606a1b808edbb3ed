const tabs = ['sources', 'search', 'questions', 'intents'] as const;
export type KnowledgeTab = (typeof tabs)[number];

export interface KnowledgeSearch {
  tab?: Exclude<KnowledgeTab, 'sources'>;
  /** What is looked for: in the sources, or what the bot is asked. */
  q?: string;
  /** ISO 639-1. */
  lang?: string;
}

export const knowledgeSearch = (search: Record<string, unknown>): KnowledgeSearch => {
  const tab = tabs.find((each) => each === search.tab);
  return {
    tab: tab === 'sources' ? undefined : tab,
    // The router reads a number from an address as one; here it was typed as text.
    q: typeof search.q === 'string' || typeof search.q === 'number' ? String(search.q) : undefined,
    lang: typeof search.lang === 'string' && /^[a-z]{2}$/.test(search.lang) ? search.lang : undefined,
  };
};
