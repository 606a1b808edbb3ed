import { z } from 'zod';
import { type Event, event } from './events.ts';

/** Every way a Parlance operation can fail. Surfaces map a code to a status; nothing else is ever thrown on purpose. */
export const errorCodes = [
  'invalid_input',
  'too_large',
  'unauthorized',
  'forbidden',
  'not_found',
  'conflict',
  'unsupported',
  'overloaded',
  'budget_exceeded',
  'content_blocked',
  'model_unavailable',
  'provider_failed',
  'storage_full',
  'timeout',
  'cancelled',
  'internal',
] as const;

export const errorCode = z.enum(errorCodes);
export type ErrorCode = z.infer<typeof errorCode>;

/** One bad field: an RFC 6901 JSON pointer into the request and what to do about it. */
export const fieldError = z.object({ pointer: z.string(), detail: z.string() });
export type FieldError = z.infer<typeof fieldError>;

/** What an error may carry beside its message. Everything here is shown to the caller: no paths, no secrets. */
export interface ErrorDetails {
  errors?: FieldError[];
  /** What happened meanwhile, for a `conflict` with someone who did not know. */
  news?: Event[];
  /** Seconds after which trying again makes sense. */
  retryAfter?: number;
  /** What the server calls the failed request in its log. */
  requestId?: string;
}

/** The one error class. `message` is written for the caller: what is wrong and what would mend it. */
export class ParlanceError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; details?: ErrorDetails } = {}) {
    super(message, { cause: options.cause });
    this.name = 'ParlanceError';
    this.code = code;
    this.details = options.details ?? {};
  }

  /** A single bad field, the most common failure. */
  static field(pointer: string, detail: string, code: ErrorCode = 'invalid_input'): ParlanceError {
    return new ParlanceError(code, detail, { details: { errors: [{ pointer, detail }] } });
  }
}

/** Any thrown value as a `ParlanceError`; what was not thrown on purpose becomes `internal` and keeps its cause for the log. */
export function asParlanceError(thrown: unknown): ParlanceError {
  if (thrown instanceof ParlanceError) return thrown;
  return new ParlanceError(
    'internal',
    'Something went wrong on our side. The request id finds it in the server log.',
    {
      cause: thrown,
    },
  );
}

/** RFC 9457 problem document, the error body of every native route. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: errorCode,
  requestId: z.string(),
  errors: z.array(fieldError).optional(),
  news: z.array(event).optional(),
});
export type Problem = z.infer<typeof problem>;
