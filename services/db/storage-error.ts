import { ParlanceError } from '#contracts';

/** No space, no quota, PostgreSQL's `disk_full`. */
const fullCodes = new Set(['ENOSPC', 'EDQUOT', '53100']);

/** `storage_full` when the error or any of its causes says that the disk or the folder is full, else the error as it is. */
export function asStorageError(error: unknown): unknown {
  for (let each = error; each instanceof Error && !(each instanceof ParlanceError); each = each.cause) {
    const code = 'code' in each ? String(each.code) : '';
    if (fullCodes.has(code) || each.message.includes('No space left on device')) {
      return storageFull(error);
    }
  }
  return error;
}

/** What a data folder that cannot be used is told as: `storage_full`, or `invalid_input` naming it; else the error as it is. */
export function asFolderError(error: unknown, folder: string): unknown {
  const known = asStorageError(error);
  if (known !== error || !(error instanceof Error) || !('syscall' in error) || !('code' in error))
    return known;
  return new ParlanceError(
    'invalid_input',
    `The folder ${folder} cannot be used (${error.code}). Set PARLANCE_DATA_DIR to a folder you may write to.`,
    { cause: error },
  );
}

export function storageFull(cause?: unknown): ParlanceError {
  const message = 'There is no room left to store this. Free some space on the server and try again.';
  return new ParlanceError('storage_full', message, { cause });
}

/** Whether a statement failed because its transaction may only read. */
export function refusedAsReadOnly(error: unknown): boolean {
  for (let each = error; each instanceof Error; each = each.cause) {
    if ('code' in each && each.code === '25006') return true;
  }
  return false;
}
