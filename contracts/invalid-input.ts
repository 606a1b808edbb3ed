import type { z } from 'zod';
import { type FieldError, ParlanceError } from './errors.ts';

/** A zod failure as the error the caller reads. `whole` is what was read as such. */
export function invalidInput(error: z.core.$ZodError, whole = 'The body'): ParlanceError {
  const errors = error.issues.flatMap((issue) => fieldErrors(issue, []));
  const first = errors[0];
  const detail = first ? `${first.pointer || whole}: ${first.detail}` : 'The request is not valid.';
  return new ParlanceError('invalid_input', detail, { details: { errors: errors.slice(0, 20) } });
}

/** A union fails with one issue list per branch; the branch that got furthest, and there has the fewest faults, is what the caller meant. */
function fieldErrors(issue: z.core.$ZodIssue, base: PropertyKey[]): FieldError[] {
  const path = [...base, ...issue.path];
  if (issue.code === 'invalid_union') {
    const deepest = issue.errors
      .map((branch) => branch.flatMap((each) => fieldErrors(each, path)))
      .filter((branch) => branch.some((each) => each.pointer.split('/').length > path.length + 1));
    const meant = deepest.sort((a, b) => a.length - b.length)[0];
    if (meant) return meant;
  }
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: pointer([...path, key]),
      detail: 'There is no such field here; remove it.',
    }));
  }
  return [{ pointer: pointer(path), detail: issue.message }];
}

/** RFC 6901. */
function pointer(path: PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
