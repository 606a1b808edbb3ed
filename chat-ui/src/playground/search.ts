import { type TaskName, taskName } from '#contracts';

export const views = ['result', 'json', 'code'] as const;
export type View = (typeof views)[number];

/** What a link to the playground can say. Everything left out means the task's own default. */
export interface PlaygroundSearch {
  task?: TaskName;
  /** Only a short text travels in the address; see `linkableText`. */
  text?: string;
  many?: boolean;
  /** Names of the options that are on, joined by commas; `none` when all are off. */
  options?: string;
  model?: string;
  view?: View;
}

/** An address is logged by proxies and cut by some programs: longer texts stay out of it. */
const longestLinkableText = 500;

export const linkableText = (text: string): string | undefined =>
  text && text.length <= longestLinkableText ? text : undefined;

export function playgroundSearch(search: Record<string, unknown>): PlaygroundSearch {
  const task = taskName.safeParse(search.task);
  const view = views.find((each) => each === search.view);
  return {
    task: task.success ? task.data : undefined,
    text: asText(search.text),
    many: typeof search.many === 'boolean' ? search.many : undefined,
    options: asText(search.options),
    model: asText(search.model),
    view,
  };
}

/** The router parses `text=42` as a number; it was a text. */
function asText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
