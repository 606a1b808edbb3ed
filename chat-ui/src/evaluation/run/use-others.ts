import { useQuery } from '@tanstack/react-query';
import type { RunSummary } from '#contracts';
import { acceptedQuery, latestRunsQuery } from '../queries.ts';

export interface OtherRun {
  run: RunSummary;
  /** The one of the suite that was accepted last. */
  accepted: boolean;
}

/** The other runs of a suite that are whole and of the same rows, the accepted one first; undefined while they load. */
export function useOthers({ id, suite, datasetSha256 }: RunSummary): OtherRun[] | undefined {
  const runs = useQuery(latestRunsQuery(suite)).data;
  const { data: last } = useQuery(acceptedQuery(suite));
  if (!runs || !last) return undefined;
  return runs
    .filter((run) => run.id !== id && run.state === 'sealed' && run.datasetSha256 === datasetSha256)
    .map((run) => ({ run, accepted: run.id === last.run?.id }))
    .sort((a, b) => Number(b.accepted) - Number(a.accepted));
}
