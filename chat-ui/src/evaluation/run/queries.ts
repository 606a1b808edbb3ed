import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { SamplePage, SampleQuery, StoredSample } from '#contracts';
import { client } from '../../api/client.ts';
import { type Cell, inCell, withinCell } from './cell.ts';

const pageSize = 25;
/** The server knows nothing of cells: this many at a time are looked through for them. */
const lookedThrough = 200;
const mostRequests = 5;

export type SampleFilter = Pick<
  SampleQuery,
  'slice' | 'value' | 'scorer' | 'errored' | 'search' | 'order' | 'below' | 'above'
>;

/** The samples of a run that fit, page by page; with a cell of its matrix, those that were counted there. */
export const samplesQuery = (run: string, filter: SampleFilter, cell: Cell | undefined) =>
  infiniteQueryOptions({
    queryKey: ['evaluation', 'samples', run, filter, cell],
    queryFn: ({ pageParam, signal }) => {
      const page = (after: string | undefined, limit: number) =>
        client().evaluations.runs.samples(run, { ...filter, ...withinCell(cell), after, limit }, { signal });
      return cell ? ofCell(page, cell, pageParam) : page(pageParam, pageSize);
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

async function ofCell(
  page: (after: string | undefined, limit: number) => Promise<SamplePage>,
  cell: Cell,
  from: string | undefined,
): Promise<SamplePage> {
  const found: StoredSample[] = [];
  let after = from;
  for (let request = 0; request < mostRequests && found.length < pageSize; request++) {
    const { samples, next } = await page(after, lookedThrough);
    found.push(...samples.filter((sample) => inCell(sample, cell)));
    if (next === null) return { samples: found, next };
    after = next;
  }
  return { samples: found, next: after ?? null };
}

/** One sample by its row, as an address names it; null when the run has none. */
export const sampleOf = (run: string, id: string, repeat: number) =>
  queryOptions({
    queryKey: ['evaluation', 'sample', run, id, repeat],
    queryFn: async () => {
      const { samples } = await client().evaluations.runs.samples(run, { search: id, limit: 200 });
      return samples.find((sample) => sample.id === id && sample.repeat === repeat) ?? null;
    },
    staleTime: 60_000,
  });

export const distributionQuery = (run: string, scorer: string) =>
  queryOptions({
    queryKey: ['evaluation', 'distribution', run, scorer],
    queryFn: () => client().evaluations.runs.distribution(run, scorer),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
