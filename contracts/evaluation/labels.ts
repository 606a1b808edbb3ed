import { z } from 'zod';
import { recordId, storedText } from '../text.ts';
import { anyJson, jsonWithin } from './json.ts';
import { evaluationName } from './suite.ts';

/** Most rows of one dataset. */
export const maxLabelledRows = 10_000;
/** Most characters of a row's input, and of what is expected, as JSON. */
const maxPart = 64_000;

/** Where somebody came upon a row. The same place is in a dataset once. */
export const rowOrigin = z.union([
  z.strictObject({
    runId: z.uuid(),
    sample: storedText.min(1).max(300),
    repeat: z.number().int().min(0).max(99).default(0),
  }),
  z.strictObject({ conversationId: recordId, messageId: recordId }).describe('Such as an answer voted down'),
  z.strictObject({ reviewId: recordId, itemId: recordId }),
]);
export type RowOrigin = z.infer<typeof rowOrigin>;

export const addRowRequest = z.strictObject({
  input: jsonWithin(maxPart),
  expected: jsonWithin(maxPart),
  from: rowOrigin,
  group: storedText
    .min(1)
    .max(300)
    .optional()
    .describe('Rows of one group are not independent; a conversation is one unless this says otherwise'),
  note: storedText.max(2000).default(''),
});
export type AddRowRequest = z.infer<typeof addRowRequest>;

export const labelledRow = z.object({
  id: z.string(),
  input: anyJson,
  expected: anyJson,
  group: z.string().nullable(),
  from: rowOrigin,
  note: z.string(),
  by: z.string(),
  byName: z.string(),
  at: z.iso.datetime(),
});
export type LabelledRow = z.infer<typeof labelledRow>;
export const labelledRowPage = z.object({ rows: z.array(labelledRow), next: z.string().nullable() });
export type LabelledRowPage = z.infer<typeof labelledRowPage>;
export const labelledRowQuery = z.object({
  search: z.string().max(200).optional().describe('In the input, what is expected and the note'),
  after: z.string().max(500).optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type LabelledRowQuery = z.infer<typeof labelledRowQuery>;

/** A SHA-256 in an address. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'Give the SHA-256 in 64 hexadecimal digits.');

/** A dataset as it grows, by its name. */
export const labelledDataset = z.object({
  name: evaluationName,
  rows: z.number().int(),
  versions: z.number().int(),
  changedAt: z.iso.datetime(),
});
export type LabelledDataset = z.infer<typeof labelledDataset>;
export const labelledDatasetList = z.object({ datasets: z.array(labelledDataset) });

/** What the rows were at one moment, for good. A suite names it by dataset and hash. */
export const datasetVersion = z.object({
  dataset: evaluationName,
  /** Of its bytes: canonical JSONL, a row `{expected, group?, id, input}` a line. */
  sha256: z.string(),
  rows: z.number().int(),
  bytes: z.number().int(),
  by: z.string(),
  byName: z.string(),
  at: z.iso.datetime(),
});
export type DatasetVersion = z.infer<typeof datasetVersion>;
export const datasetVersionList = z.object({ versions: z.array(datasetVersion) });
