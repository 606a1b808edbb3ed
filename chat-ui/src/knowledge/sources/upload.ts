import { maxSourceBytes, type Source } from '#contracts';
import { formatBytes } from '../../ui/format.ts';
import { kinds } from '../kinds.ts';

export type UploadState = 'waiting' | 'sending' | 'reading' | 'done' | 'failed' | 'cancelled';

/** One file on its way into the knowledge base. */
export interface Upload {
  id: number;
  file: File;
  /** What the source is called: the path within a folder that was dropped. */
  name: string;
  state: UploadState;
  /** The share of the file that has left, 0…1. */
  sent: number;
  /** Why it failed and what to do. */
  problem: string | null;
  source: Source | null;
}

export const isUnderWay = ({ state }: Upload): boolean =>
  state === 'waiting' || state === 'sending' || state === 'reading';

/** What the server has already it reads to the end; deleting the source is the way back then. */
export const mayCancel = ({ state }: Upload): boolean => state === 'waiting' || state === 'sending';

/** What would be refused again is not worth another try. */
export const mayRetry = ({ state, file }: Upload): boolean =>
  state === 'cancelled' || (state === 'failed' && refusalOf(file) === null);

const known = new Set(Object.values(kinds).flatMap((kind) => [...kind.extensions]));
const remedies: Record<string, string> = {
  '.doc': 'Save it as .docx in Word and add that.',
  '.rtf': 'Save it as .docx and add that.',
  '.odt': 'Save it as .docx and add that.',
  '.pages': 'Export it as .docx or PDF and add that.',
};

/** Why a file need not even be sent, with what to do instead; null when it can be. */
export function refusalOf(file: { name: string; size: number }): string | null {
  const extension = /\.[^./\\]+$/.exec(file.name)?.[0].toLowerCase() ?? '';
  if (!known.has(extension)) {
    return (
      remedies[extension] ??
      'Only Markdown, HTML, text, Word (.docx) and PDF can be read. Save it as one of these.'
    );
  }
  if (file.size === 0) return 'The file is empty.';
  if (file.size > maxSourceBytes) {
    return `At most ${formatBytes(maxSourceBytes)} a file; this one has ${formatBytes(file.size)}. Split it.`;
  }
  return null;
}

/** How the uploads stand, in one sentence. */
export function summaryOf(uploads: Upload[]): string {
  const count = (...states: UploadState[]) => uploads.filter(({ state }) => states.includes(state)).length;
  const under = uploads.filter(isUnderWay).length;
  const failed = count('failed');
  const parts = [
    under > 0 ? `${uploads.length - under} of ${uploads.length} done` : `${count('done')} added`,
    ...(failed > 0 ? [`${failed} failed`] : []),
  ];
  return parts.join(', ');
}
