import type { Intent } from '#contracts';

const most = 4;

/** A question to begin with, rather than a sigh: it ends with a question mark and begins like a sentence. */
const isQuestion = (text: string): boolean => /^[\p{Lu}¿].*\?$/u.test(text);

/** Questions others ask, one of each intent that has an answer, in a language or else in English. */
export function startersOf(intents: readonly Intent[], language: string): string[] {
  return intents
    .flatMap(({ action, examples }) => {
      if (action.kind !== 'answer') return [];
      const said = examples[language] ?? examples.en ?? [];
      return said.find(isQuestion) ?? [];
    })
    .slice(0, most);
}
