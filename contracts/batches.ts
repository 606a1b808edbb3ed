import { z } from 'zod';
import { fieldError, ParlanceError } from './errors.ts';
import { invalidInput } from './invalid-input.ts';
import { itemError, modelUsed, taskUsage } from './task.ts';
import { type TaskName, taskName } from './task-name.ts';
import { taskContracts } from './tasks/index.ts';
import { storedText } from './text.ts';

/** Bytes of the largest file of rows. */
export const maxBatchBytes = 1024 ** 3;

/** How a file of rows is written: a table with a header line, an object on each line, or a text on each. */
export const inputFormat = z.enum(['csv', 'jsonl', 'text']);
export type InputFormat = z.infer<typeof inputFormat>;

/** How results are written. */
export const resultFormat = z.enum(['csv', 'jsonl']);
export type ResultFormat = z.infer<typeof resultFormat>;

const columnName = storedText.max(1000);

/** The fields of the form that come before its file. Lists and objects are JSON. */
export const batchFields = z.strictObject({
  task: taskName,
  model: z.string().min(1).max(200).optional(),
  options: jsonField(z.record(z.string(), z.unknown())).optional().describe('Options of the task'),
  format: inputFormat.optional().describe('Where the name of the file does not say it'),
  column: columnName
    .optional()
    .describe('The column or field with the text; when left out: `text`, else the only one'),
  delimiter: z.string().max(10).optional().describe('Between the fields of a CSV file, such as ; or tab'),
  carry: jsonField(z.array(columnName).max(1000))
    .optional()
    .describe('The columns that the results repeat; all when left out'),
});
export type BatchFields = z.infer<typeof batchFields>;

/** The options as the task takes them. Throws `invalid_input` naming each bad one. */
export function batchOptions(task: TaskName, options: Record<string, unknown>): Record<string, unknown> {
  const parsed = taskContracts[task].options.safeParse(options);
  if (parsed.success) return parsed.data;
  const { details } = invalidInput(parsed.error);
  const errors = details.errors?.map((each) => ({ ...each, pointer: `/options${each.pointer}` })) ?? [];
  const message =
    errors.map(({ pointer, detail }) => `${pointer}: ${detail}`)[0] ?? 'The options are not valid.';
  throw new ParlanceError('invalid_input', message, { details: { errors } });
}

export const batchState = z.enum(['queued', 'running', 'paused', 'done', 'cancelled', 'failed']);
export type BatchState = z.infer<typeof batchState>;

/** A long job: one task over every row of a file. */
export const batch = z.object({
  id: z.string(),
  state: batchState,
  /** Why it is paused by itself, or has failed. */
  problem: z.string().nullable(),
  task: taskName,
  model: z.string().nullable().describe('The model that was asked for; null for the default'),
  ranOn: modelUsed.nullable().describe('The model that answered last'),
  options: z.record(z.string(), z.unknown()),
  file: z.object({
    name: z.string(),
    format: inputFormat,
    bytes: z.number().int(),
    sha256: z.string(),
    columns: z.array(z.string()).describe('Every column, or every field of any row'),
    column: z.string().describe('The one that holds the text'),
  }),
  carry: z.array(z.string()).nullable().describe('The columns that the results repeat; null for all'),
  rows: z.object({
    total: z.number().int(),
    /** Those with an error are among them. */
    done: z.number().int().describe('Rows whose results are there to be read'),
    failed: z.number().int(),
  }),
  rowsPerSecond: z.number().nullable().describe('Lately; null while it does not run'),
  secondsLeft: z.number().nullable(),
  usage: taskUsage,
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
});
export type Batch = z.infer<typeof batch>;

/** Which jobs to list. As it comes in the address. */
export const batchListQuery = z.object({
  after: z
    .string()
    .regex(/^bat_[0-9a-z]{26}$/, 'Pass `next` of the page before.')
    .optional()
    .describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type BatchListQuery = z.infer<typeof batchListQuery>;

/** Newest first; `next` is null on the last page. */
export const batchList = z.object({ batches: z.array(batch), next: z.string().nullable() });
export type BatchList = z.infer<typeof batchList>;

/** A row that could not be worked on. */
export const batchRowError = z.object({
  row: z.number().int().describe('From 1, the header not counted'),
  text: z.string().nullable().describe('How the text begins'),
  error: itemError.extend({
    errors: z
      .array(fieldError)
      .optional()
      .describe('Pointers into the row, such as its column with the text, or to `/options` of the job'),
  }),
});
export type BatchRowError = z.infer<typeof batchRowError>;
export const batchErrorList = z.object({ errors: z.array(batchRowError), next: z.string().nullable() });
export type BatchErrorList = z.infer<typeof batchErrorList>;

/** A field of a form that holds JSON. */
function jsonField<S extends z.ZodType>(schema: S) {
  return z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: 'This is not JSON.' });
        return z.NEVER;
      }
    })
    .pipe(schema);
}
