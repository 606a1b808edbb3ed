import { formatAgo, formatDate } from './format.ts';

/** When something happened, relative, with the exact moment on hover. */
export function Time({ at }: { at: string }) {
  return (
    <time dateTime={at} title={formatDate(at)} className="whitespace-nowrap">
      {formatAgo(at)}
    </time>
  );
}
