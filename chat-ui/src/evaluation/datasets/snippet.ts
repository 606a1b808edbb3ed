import type { DatasetVersion } from '#contracts';

/** What pins a version in a suite. Rows of a frozen dataset have their parts where a suite looks for them unless it says otherwise. */
export const pinOf = ({ dataset, sha256 }: DatasetVersion): string =>
  `dataset:\n  dataset: ${dataset}\n  sha256: ${sha256}\n`;
