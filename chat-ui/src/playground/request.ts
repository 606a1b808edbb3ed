import { maxTextLength, maxTextsPerCall } from '#contracts';
import { formatCount } from '../ui/format.ts';
import type { PlaygroundSearch } from './search.ts';
import type { AnyTask, RunRequest } from './task.ts';

/** Each line that says something, as it was typed. */
export const linesOf = (text: string): string[] => text.split(/\r?\n/).filter((line) => line.trim() !== '');

export const isMany = (task: AnyTask, search: PlaygroundSearch): boolean => search.many ?? task.manyInitially;

/** The task's switches as the address sets them. */
export function optionsOf(task: AnyTask, search: PlaygroundSearch): Record<string, boolean> {
  const named = search.options?.split(',');
  return Object.fromEntries(
    task.options.map((option) => [option.key, named ? named.includes(option.key) : option.initially]),
  );
}

/** The `options` part of the address for these switches; undefined when they are the task's defaults. */
export function optionsParam(task: AnyTask, options: Record<string, boolean>): string | undefined {
  if (task.options.every((option) => options[option.key] === option.initially)) return undefined;
  const on = task.options.filter((option) => options[option.key]).map((option) => option.key);
  return on.join(',') || 'none';
}

/** What Run would send now. Options that are off are left out, as a caller would. */
export function requestOf(task: AnyTask, search: PlaygroundSearch, text: string): RunRequest {
  const on = Object.entries(optionsOf(task, search)).filter(([, value]) => value);
  return {
    task: task.name,
    input: isMany(task, search) ? linesOf(text) : text,
    options: Object.fromEntries(on),
    ...(search.model ? { model: search.model } : {}),
  };
}

/** Why this cannot be sent, or undefined. The server checks again; this only saves the trip. */
export function complaint(request: RunRequest): string | undefined {
  const texts = typeof request.input === 'string' ? [request.input] : request.input;
  if (!texts.some((text) => text.trim())) return 'Write or paste a text first.';
  if (texts.length > maxTextsPerCall) {
    return `One call takes ${formatCount(maxTextsPerCall)} texts; these are ${formatCount(texts.length)}. Use the command line for files.`;
  }
  const tooLong = texts.findIndex((text) => text.length > maxTextLength);
  if (tooLong < 0) return undefined;
  const which = typeof request.input === 'string' ? 'The text' : `Line ${tooLong + 1}`;
  return `${which} is longer than ${formatCount(maxTextLength)} characters.`;
}

export const sameRequest = (a: RunRequest, b: RunRequest): boolean => JSON.stringify(a) === JSON.stringify(b);
