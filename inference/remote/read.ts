import { ParlanceError } from '#contracts';
import type { RemoteReply } from './transport.ts';

interface Schema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false; error: { message: string } };
}

/**
 * The JSON of a reply, as its schema has it.
 * @throws ParlanceError `provider_failed` for anything else
 */
export function readJsonReply<T>(model: string, reply: RemoteReply, schema: Schema<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(reply.body));
  } catch (cause) {
    throw malformed(model, 'is no JSON', cause);
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw malformed(model, 'is not of the form it should have', parsed.error.message);
  return parsed.data;
}

/** An answer that is none. @param what such as "is no JSON" */
export const malformed = (model: string, what: string, cause?: unknown): ParlanceError =>
  new ParlanceError(
    'provider_failed',
    `The answer of the server of model ${model} ${what}. Check the engine and the address on its card.`,
    { cause },
  );
