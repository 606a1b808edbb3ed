const shows = ['disagreements', 'comments'] as const;

/** Of a queue. */
export interface ReviewSearch {
  /** Somebody is judging. */
  judge?: true;
  /** Of what was judged; left out: everything. */
  show?: (typeof shows)[number];
}

export const reviewSearch = (search: Record<string, unknown>): ReviewSearch => ({
  judge: search.judge === true || undefined,
  show: shows.find((each) => each === search.show),
});
