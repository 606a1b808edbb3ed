import type { Gap } from '#contracts';

/** Questions that came nearest to the same article. */
export interface GapGroup {
  /** The article; null for questions that came near none. */
  title: string | null;
  gaps: Gap[];
  times: number;
}

/** Groups by the nearest article, what was asked most first; what is near nothing comes last. */
export function groupGaps(gaps: Gap[]): GapGroup[] {
  const groups = new Map<string | null, Gap[]>();
  for (const gap of gaps) groups.set(gap.bestTitle, [...(groups.get(gap.bestTitle) ?? []), gap]);
  return [...groups]
    .map(([title, members]) => ({
      title,
      gaps: [...members].sort((a, b) => b.times - a.times || b.lastAt.localeCompare(a.lastAt)),
      times: members.reduce((sum, gap) => sum + gap.times, 0),
    }))
    .sort((a, b) => Number(a.title === null) - Number(b.title === null) || b.times - a.times);
}
