import { formatAgo, formatClock, formatDate } from './format.ts';

/** When something happened, relative, with the exact moment on hover. */
export function Time({ at }: { at: string }) {
  return (
    <time dateTime={at} title={formatDate(at)} className="whitespace-nowrap">
      {formatAgo(at)}
    </time>
  );
}

/** The time of day, with the exact moment on hover: for what is read in order. */
export function ClockTime({ at }: { at: string }) {
  return (
    <time dateTime={at} title={formatDate(at)} className="figures whitespace-nowrap">
      {formatClock(at)}
    </time>
  );
}
