import type { Gap, Intent, Passage, SearchRequest, SearchResponse, Source } from '#contracts';
import { type Call, type CallSettings, queryOf } from './call.ts';

const id = encodeURIComponent;

/** A page of sources; pass `next` of one as `after` to read the following one. */
export interface SourcePage {
  sources: Source[];
  next: string | null;
}

export interface SourceFilter {
  /** In the title, the name or the section. */
  query?: string;
  language?: string;
  after?: string;
}

/** What the bot answers from. */
export const knowledgeCalls = (call: Call) => ({
  sources: {
    list: (filter: SourceFilter = {}) =>
      call<SourcePage>('GET', `/api/v1/knowledge/sources${queryOf({ ...filter })}`),
    get: (source: string) => call<Source>('GET', `/api/v1/knowledge/sources/${id(source)}`),
    passages: async (source: string) =>
      (await call<{ passages: Passage[] }>('GET', `/api/v1/knowledge/sources/${id(source)}/passages`))
        .passages,
    /** The same name replaces what was there. Answers while the file is still being read. */
    upload: async (
      file: Blob,
      name: string,
      settings: CallSettings & { language?: string | undefined } = {},
    ) => {
      const form = new FormData();
      form.set('name', name);
      form.set('file', file, name);
      const path = `/api/v1/knowledge/sources${queryOf({ language: settings.language })}`;
      const { sources } = await call<{ sources: [Source] }>('POST', path, form, settings);
      return sources[0];
    },
    remove: (source: string, settings?: CallSettings) =>
      call<void>('DELETE', `/api/v1/knowledge/sources/${id(source)}`, undefined, settings),
  },
  passage: (passage: string) => call<Passage>('GET', `/api/v1/knowledge/passages/${id(passage)}`),
  search: (request: Partial<SearchRequest> & { query: string }, settings?: CallSettings) =>
    call<SearchResponse>('POST', '/api/v1/knowledge/search', request, settings),
  gaps: {
    list: async () => (await call<{ gaps: Gap[] }>('GET', '/api/v1/knowledge/gaps')).gaps,
    dismiss: (gap: string, settings?: CallSettings) =>
      call<void>('DELETE', `/api/v1/knowledge/gaps/${id(gap)}`, undefined, settings),
  },
  intents: {
    list: async () => (await call<{ intents: Intent[] }>('GET', '/api/v1/knowledge/intents')).intents,
    /** Replaces all of them. */
    save: async (intents: Intent[]) =>
      (await call<{ intents: Intent[] }>('PUT', '/api/v1/knowledge/intents', { intents })).intents,
  },
});
