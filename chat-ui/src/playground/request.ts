import { maxTextLength, maxTextsPerCall } from '#contracts';
import { formatCount } from '../ui/format.ts';
import type { PlaygroundSearch } from './search.ts';
import type { AnyTask, OptionValue, RunRequest, TaskOption } from './task.ts';

/** Each line that says something, as it was typed. */
export const linesOf = (text: string): string[] => text.split(/\r?\n/).filter((line) => line.trim() !== '');

export const isMany = (task: AnyTask, search: PlaygroundSearch): boolean => search.many ?? task.manyInitially;

/** The task's options as the address sets them: names of switches, and `name=value` for the others. */
export function optionsOf(task: AnyTask, search: PlaygroundSearch): Record<string, OptionValue> {
  const named = search.options && new URLSearchParams(search.options.replaceAll(',', '&'));
  const settingOf = (option: TaskOption): OptionValue => {
    if (!named) return option.initially;
    return option.kind === 'switch' ? named.has(option.key) : (named.get(option.key) ?? '');
  };
  return Object.fromEntries(task.options.map((option) => [option.key, settingOf(option)]));
}

/** The `options` part of the address for these values; undefined when they are the task's defaults. */
export function optionsParam(task: AnyTask, options: Record<string, OptionValue>): string | undefined {
  if (task.options.every((option) => options[option.key] === option.initially)) return undefined;
  const set = task.options.filter((option) => options[option.key]);
  const said = set.map(({ kind, key }) =>
    kind === 'switch' ? key : `${key}=${encodeURIComponent(String(options[key]))}`,
  );
  return said.join(',') || 'none';
}

/** What Run would send now. Options that are off or empty are left out, as a caller would. */
export function requestOf(task: AnyTask, search: PlaygroundSearch, text: string): RunRequest {
  return {
    task: task.name,
    input: isMany(task, search) ? linesOf(text) : text,
    options: sentOptions(task, optionsOf(task, search)),
    ...(search.model ? { model: search.model } : {}),
  };
}

/** The options as a request has them. */
export function sentOptions(task: AnyTask, values: Record<string, OptionValue>): RunRequest['options'] {
  const sent = task.options.flatMap((option): [string, boolean | string | string[]][] => {
    const value = values[option.key];
    if (!value) return [];
    return [[option.key, option.kind === 'words' && option.list ? listOf(String(value)) : value]];
  });
  return Object.fromEntries(sent);
}

const listOf = (words: string) =>
  words
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean);

/** Why this cannot be sent, or undefined. The server checks again; this only saves the trip. */
export function complaint(request: RunRequest): string | undefined {
  const texts = typeof request.input === 'string' ? [request.input] : request.input;
  if (!texts.some((text) => text.trim())) return 'Write or paste a text first.';
  if (texts.length > maxTextsPerCall) {
    return `One call takes ${formatCount(maxTextsPerCall)} texts; these are ${formatCount(texts.length)}. Start a job for a file of them.`;
  }
  const tooLong = texts.findIndex((text) => text.length > maxTextLength);
  if (tooLong < 0) return undefined;
  const which = typeof request.input === 'string' ? 'The text' : `Line ${tooLong + 1}`;
  return `${which} is longer than ${formatCount(maxTextLength)} characters.`;
}

export const sameRequest = (a: RunRequest, b: RunRequest): boolean => JSON.stringify(a) === JSON.stringify(b);
