import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it('are listed in the order of their time: the migrator skips one that is older than the last it ran', () => {
  const folder = new URL('./migrations/', import.meta.url);
  const journal: { entries: { when: number; tag: string }[] } = JSON.parse(
    readFileSync(new URL('meta/_journal.json', folder), 'utf8'),
  );
  expect(journal.entries.length).toBeGreaterThan(2);
  for (const [index, entry] of journal.entries.entries()) {
    expect(entry.tag.startsWith(String(index).padStart(4, '0'))).toBe(true);
    expect(existsSync(new URL(`${entry.tag}.sql`, folder))).toBe(true);
    expect(entry.when).toBeGreaterThan(journal.entries[index - 1]?.when ?? 0);
  }
});
