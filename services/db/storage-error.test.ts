import { expect, it } from 'vitest';
import { ParlanceError } from '#contracts';
import { asStorageError } from './storage-error.ts';

it('knows a full disk by its code or its words, however deep the cause', () => {
  const full = { code: 'storage_full' };
  expect(asStorageError(Object.assign(new Error('write'), { code: 'ENOSPC' }))).toMatchObject(full);
  const refused = Object.assign(new Error('could not extend file'), { code: '53100' });
  expect(asStorageError(new Error('Failed query', { cause: refused }))).toMatchObject(full);
  expect(asStorageError(new Error('could not write: No space left on device'))).toMatchObject(full);
});

it('leaves every other failure as it is', () => {
  const others = [
    new Error('x'),
    new ParlanceError('conflict', 'x', { cause: { code: 'ENOSPC' } }),
    'text',
    undefined,
  ];
  for (const other of others) expect(asStorageError(other)).toBe(other);
});
