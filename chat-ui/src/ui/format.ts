/** Each takes milliseconds to make, and most pages need one or two. */
const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
};

const whole = once(() => new Intl.NumberFormat('en-GB'));
const relative = once(() => new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto' }));
const absolute = once(() => new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }));
const clock = once(() => new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' }));
const day = once(() => new Intl.DateTimeFormat('en-GB', { dateStyle: 'full' }));
const languageNames = once(() => new Intl.DisplayNames('en-GB', { type: 'language' }));

export const formatCount = (value: number): string => whole().format(value);

/** Milliseconds at a sensible precision: 0.42 ms, 8.3 ms, 124 ms, 2.41 s. */
export function formatMs(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(2)} s`;
  return `${ms.toFixed(ms >= 100 ? 0 : ms >= 1 ? 1 : 2)} ms`;
}

export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value.toFixed(value < 10 && unit > 0 ? 1 : 0)} ${units[unit]}`;
}

export const formatPercent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** +3.8, −2.0, 0.0, with a true minus sign so that columns align. */
export function formatSigned(value: number, digits = 1): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return `${value < 0 ? '−' : '+'}${text}`;
}

export const formatDate = (iso: string): string => absolute().format(new Date(iso));

/** 14:05, where the visitor is. */
export const formatClock = (iso: string): string => clock().format(new Date(iso));

/** "Saturday 10 January 2026", where the visitor is. */
export const formatDay = (iso: string): string => day().format(new Date(iso));

/** "5 minutes ago", "in 3 days"; the exact time belongs in a title. */
export function formatAgo(iso: string, now: number = Date.now()): string {
  const seconds = (new Date(iso).getTime() - now) / 1000;
  const steps = [
    ['year', 31_557_600],
    ['month', 2_629_800],
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ] as const;
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return relative().format(Math.trunc(seconds / size), unit);
  }
  return seconds > 0 ? 'in under a minute' : 'just now';
}

/** "English" for `en`; an unknown tag is shown as it is. */
export function formatLanguage(tag: string): string {
  try {
    return languageNames().of(tag) ?? tag;
  } catch {
    return tag;
  }
}

export const plural = (count: number, noun: string): string =>
  `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
