import {
  type Batch,
  type BatchErrorList,
  type BatchFields,
  type BatchList,
  batch as batchSchema,
  type ResultFormat,
} from '#contracts';
import { type Call, type CallSettings, type Open, queryOf } from './call.ts';
import { readEventStream } from './event-stream.ts';

const at = (id: string, rest = '') => `/api/v1/batches/${encodeURIComponent(id)}${rest}`;

export interface SubmitSettings extends CallSettings {
  /** The same job with the same key, within a day, is started once. */
  idempotencyKey?: string;
}

/** Long jobs: one task over every row of a file. */
export const batchCalls = (call: Call, open: Open) => ({
  /** Answers when the file is there and has been read through once; the job runs on its own. */
  submit: (
    file: Blob,
    name: string,
    fields: BatchFields,
    { idempotencyKey, ...settings }: SubmitSettings = {},
  ) => {
    const form = new FormData();
    for (const [field, value] of Object.entries(fields)) {
      if (value !== undefined) form.set(field, typeof value === 'string' ? value : JSON.stringify(value));
    }
    form.set('file', file, name);
    const headers = idempotencyKey === undefined ? undefined : { 'idempotency-key': idempotencyKey };
    return call<Batch>('POST', '/api/v1/batches', form, headers ? { ...settings, headers } : settings);
  },
  /** Newest first; pass `next` of one page to read the following one. */
  list: (after?: string) => call<BatchList>('GET', `/api/v1/batches${queryOf({ after })}`),
  get: (id: string) => call<Batch>('GET', at(id)),
  /** The job as it stands and at every change, until it has ended. */
  async *follow(id: string, settings?: CallSettings): AsyncGenerator<Batch> {
    for await (const { data } of readEventStream(await open(at(id, '/events'), settings)))
      yield batchSchema.parse(JSON.parse(data));
  },
  pause: (id: string) => call<Batch>('POST', at(id, '/pause')),
  resume: (id: string) => call<Batch>('POST', at(id, '/resume')),
  cancel: (id: string) => call<Batch>('POST', at(id, '/cancel')),
  remove: (id: string) => call<void>('DELETE', at(id)),
  /** The rows that are done by now. */
  results: (id: string, format?: ResultFormat, settings?: CallSettings) =>
    open(`${at(id, '/results')}${queryOf({ format })}`, settings),
  /** The rows that failed, in their order. */
  errors: (id: string, after?: string) =>
    call<BatchErrorList>('GET', `${at(id, '/errors')}${queryOf({ after })}`),
});
