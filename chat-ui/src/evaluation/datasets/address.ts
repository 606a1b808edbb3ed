/** Of a dataset: which of its rows are listed. */
export interface DatasetSearch {
  q?: string;
}

export const datasetSearch = ({ q }: Record<string, unknown>): DatasetSearch => ({
  // The router reads a number from an address as one; here it was typed as text.
  q: typeof q === 'string' || typeof q === 'number' ? String(q).slice(0, 200) || undefined : undefined,
});
