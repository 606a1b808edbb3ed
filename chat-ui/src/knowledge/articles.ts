import type { Source } from '#contracts';

/** `roaming-eu` for `en/roaming-eu.md`: what an article is called in every language. */
export const articleOf = (name: string): string => name.replace(/^.*\//, '').replace(/\.[^.]+$/, '');

/** Each article once, under the title of its first source. */
export function articlesOf(sources: Source[]): { name: string; title: string }[] {
  const titles = new Map<string, string>();
  for (const source of sources) {
    const name = articleOf(source.name);
    if (!titles.has(name)) titles.set(name, source.title);
  }
  return [...titles].map(([name, title]) => ({ name, title })).sort((a, b) => a.name.localeCompare(b.name));
}
