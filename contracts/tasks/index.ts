import type { TaskName } from '../task-name.ts';
import { embeddingsOptions, embeddingsRequest, embeddingsResult } from './embeddings.ts';
import { entitiesOptions, entitiesRequest, entitiesResult } from './entities.ts';
import { redactionsOptions, redactionsRequest, redactionsResult } from './redactions.ts';
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
} as const satisfies Record<TaskName, unknown>;
export type TaskContracts = typeof taskContracts;
