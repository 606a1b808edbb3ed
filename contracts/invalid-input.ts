import type { z } from 'zod';
import { type FieldError, ParlanceError } from './errors.ts';

/** A zod failure as the error the caller reads. `whole` is what was read as such. */
export function invalidInput(error: z.core.$ZodError, whole = 'The body'): ParlanceError {
  const errors = error.issues.flatMap((issue) => fieldErrors(issue, []));
  const first = errors[0];
  const detail = first ? `${first.pointer || whole}: ${first.detail}` : 'The request is not valid.';
  return new ParlanceError('invalid_input', detail, { details: { errors: errors.slice(0, 20) } });
}

/** What zod says of a union that has no message of its own. */
const nothingSaid = 'Invalid input';

/**
 * A union fails with one issue list per branch. What the caller meant is the branch whose kind of value it is, such as a list that is too
 * long; else the branch that got furthest, and there has the fewest faults.
 */
function fieldErrors(issue: z.core.$ZodIssue, base: PropertyKey[]): FieldError[] {
  const path = [...base, ...issue.path];
  if (issue.code === 'invalid_union') {
    const ofItsKind = issue.errors.find((branch) => branch.every(isOfItsKind));
    if (ofItsKind && issue.message !== nothingSaid)
      return [{ pointer: jsonPointer(path), detail: issue.message }];
    if (ofItsKind) return ofItsKind.flatMap((each) => fieldErrors(each, path));
    const deepest = issue.errors
      .map((branch) => branch.flatMap((each) => fieldErrors(each, path)))
      .filter((branch) => branch.some((each) => each.pointer.split('/').length > path.length + 1));
    const meant = deepest.sort((a, b) => a.length - b.length)[0];
    if (meant) return meant;
  }
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: jsonPointer([...path, key]),
      detail: 'There is no such field here; remove it.',
    }));
  }
  return [{ pointer: jsonPointer(path), detail: missing(issue) ?? issue.message }];
}

/** Whether a value is of the right kind and only its size is wrong. */
const isOfItsKind = ({ code, path }: z.core.$ZodIssue): boolean =>
  path.length === 0 && (code === 'too_big' || code === 'too_small');

/** Of a field that is not there, what belongs there, unless its schema says so itself. */
function missing(issue: z.core.$ZodIssue): string | undefined {
  if (issue.code !== 'invalid_type' || !issue.message.endsWith('received undefined')) return undefined;
  return `This is missing. Send ${/^[aeiou]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}.`;
}

/** RFC 6901. */
export function jsonPointer(path: PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
