import { withoutTrailingSpace, wordsOf } from '../text/white-space.ts';

export interface TerOptions {
  /** Whether case matters: it does not when nothing is said. */
  caseSensitive?: boolean;
  /** Sets punctuation apart and reads the named characters of XML. */
  normalized?: boolean;
  withoutPunctuation?: boolean;
}

/** The words of a text as Tercom and sacreBLEU cut it, without their treatment of Asian scripts. */
export function terWords(text: string, options: TerOptions): string[] {
  let rest = withoutTrailingSpace(text);
  if (!options.caseSensitive) rest = rest.toLowerCase();
  if (options.normalized) rest = normalized(rest);
  if (options.withoutPunctuation) rest = rest.replace(/[.,?:;!"()]/g, '');
  return wordsOf(rest);
}

function normalized(text: string): string {
  const line = text
    .replaceAll('\n-', '')
    .replaceAll('\n', ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');
  return ` ${line} `
    .replace(/([{-~[-` -&(-+:-@/])/gu, ' $1 ')
    .replaceAll("'s ", " 's ")
    .replace(/([^0-9])([.,])/gu, '$1 $2 ')
    .replace(/([.,])([^0-9])/gu, ' $1 $2')
    .replace(/([0-9])(-)/gu, '$1 $2 ');
}
