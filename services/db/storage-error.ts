import { ParlanceError } from '#contracts';

/** No space, no quota, PostgreSQL's `disk_full`. */
const fullCodes = new Set(['ENOSPC', 'EDQUOT', '53100']);

/** `storage_full` when the error or any of its causes says that the disk or the folder is full, else the error as it is. */
export function asStorageError(error: unknown): unknown {
  for (let each = error; each instanceof Error && !(each instanceof ParlanceError); each = each.cause) {
    const code = 'code' in each ? String(each.code) : '';
    if (fullCodes.has(code) || each.message.includes('No space left on device')) {
      return new ParlanceError(
        'storage_full',
        'There is no room left to store this. Free some space on the server and try again.',
        { cause: error },
      );
    }
  }
  return error;
}
