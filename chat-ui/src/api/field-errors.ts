import { asParlanceError } from '#contracts';

/** What is wrong with each field, by JSON pointer. A failure that names no field is under the empty pointer. */
export function fieldErrorsOf(error: unknown): Partial<Record<string, string>> {
  if (!error) return {};
  const known = asParlanceError(error);
  const { errors } = known.details;
  if (!errors?.length) return { '': known.message };
  return Object.fromEntries(errors.map((each) => [each.pointer, each.detail]));
}
