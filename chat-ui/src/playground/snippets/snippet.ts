import type { RunRequest } from '../task.ts';

export interface SnippetContext {
  /** Where the server is, such as http://127.0.0.1:8787. */
  origin: string;
  /** Whether the server asks for an API key. */
  needsKey: boolean;
}

/** A language the current request can be written in. */
export interface Snippet {
  name: string;
  write: (request: RunRequest, context: SnippetContext) => string;
}

/** The body exactly as the page sends it. */
export function bodyOf({ input, model, options }: RunRequest): Record<string, unknown> {
  return { input, ...(model ? { model } : {}), ...(Object.keys(options).length ? { options } : {}) };
}
