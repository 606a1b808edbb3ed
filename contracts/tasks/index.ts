import type { TaskName } from '../task-name.ts';
import { classificationsOptions, classificationsRequest, classificationsResult } from './classifications.ts';
import { embeddingsOptions, embeddingsRequest, embeddingsResult } from './embeddings.ts';
import { entitiesOptions, entitiesRequest, entitiesResult } from './entities.ts';
import { languagesOptions, languagesRequest, languagesResult } from './languages.ts';
import { redactionsOptions, redactionsRequest, redactionsResult } from './redactions.ts';
import { rerankOptions, rerankRequest, rerankResult } from './rerank.ts';
import { sentimentOptions, sentimentRequest, sentimentResult } from './sentiment.ts';
import { summariesOptions, summariesRequest, summariesResult } from './summaries.ts';

import { translationsOptions, translationsRequest, translationsResult } from './translations.ts';

/** The wire shapes of every task, by name. Routes, the OpenAPI document and the typed client are derived from this. */
export const taskContracts = {
  sentiment: { request: sentimentRequest, options: sentimentOptions, result: sentimentResult },
  embeddings: { request: embeddingsRequest, options: embeddingsOptions, result: embeddingsResult },
  translations: { request: translationsRequest, options: translationsOptions, result: translationsResult },
  summaries: { request: summariesRequest, options: summariesOptions, result: summariesResult },
  entities: { request: entitiesRequest, options: entitiesOptions, result: entitiesResult },
  redactions: { request: redactionsRequest, options: redactionsOptions, result: redactionsResult },
  languages: { request: languagesRequest, options: languagesOptions, result: languagesResult },
  rerank: { request: rerankRequest, options: rerankOptions, result: rerankResult },
  classifications: {
    request: classificationsRequest,
    options: classificationsOptions,
    result: classificationsResult,
  },
} as const satisfies Record<TaskName, unknown>;
export type TaskContracts = typeof taskContracts;

/** A body to begin with, for the tasks that cannot do with a text alone. */
export const taskExamples: Partial<Record<TaskName, object>> = {
  rerank: {
    input: ['Parcels arrive within three days.', 'Invoices are sent by e-mail.'],
    options: { query: 'How long does delivery take?' },
  },
  classifications: {
    input: 'My parcel has not arrived.',
    options: { labels: ['delivery', 'payment', 'returns'] },
  },
};
