import { ParlanceError } from '#contracts';

/** What is wrong with a file of rows. `field` is what its sender would have to say otherwise, where it is not the file itself. */
export const unreadable = (detail: string, field: 'file' | 'column' | 'delimiter' | 'format' = 'file') =>
  ParlanceError.field(`/${field}`, detail);
