import { curl } from './curl.ts';
import { python } from './python.ts';
import type { Snippet } from './snippet.ts';
import { typescript } from './typescript.ts';

/** The languages of the Code view, in order. */
export const snippets: Snippet[] = [curl, typescript, python];
export { curl };
