import { z } from 'zod';

const choice = z.union([z.string(), z.number()]);

/** What a rater did with an item. */
const saying = z.object({
  itemId: z.string(),
  action: z.enum(['judge', 'skip', 'undo']),
  choice: choice.nullable(),
  comment: z.string(),
});
export type Saying = z.infer<typeof saying>;

/** What a rater is about to say of an item. */
const draft = z.object({
  itemId: z.string(),
  choice: choice.nullable(),
  comment: z.string(),
  /** The comment is open: a choice is only marked until it is confirmed. */
  open: z.boolean(),
});
export type Draft = z.infer<typeof draft>;

const kept = z.object({
  /** On its way to the server, or waiting for it. */
  saving: saying.nullable(),
  /** What can be taken back, the latest last. */
  past: z.array(saying),
  draft: draft.nullable(),
});
/** What outlives the page: nothing that was said may be lost with it. */
export type Kept = z.infer<typeof kept>;

export const nothingKept: Kept = { saving: null, past: [], draft: null };

/** Steps that can be taken back. */
export const mostPast = 50;

/** Reads what was written down; nothing when somebody meddled with it. */
export function readKept(text: string | null): Kept {
  try {
    const { data } = kept.safeParse(JSON.parse(text ?? ''));
    return data ?? nothingKept;
  } catch {
    return nothingKept;
  }
}
