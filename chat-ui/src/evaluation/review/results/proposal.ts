import type { Review, ReviewedItem } from '#contracts';
import type { Proposal } from '../../datasets/label-dialog.tsx';

/** What most raters prefer of two answers; null when they prefer none, or as many the other. */
export function preferredOf({ answers, judgements }: ReviewedItem): ReviewedItem['answers'][number] | null {
  const times = (choice: string) => judgements.filter((each) => each.choice === choice).length;
  const [first, second] = [times('first'), times('second')];
  if (first === second) return null;
  return answers[first > second ? 0 : 1] ?? null;
}

/** An item as a row to be: what was expected of it stands, or else the answer that raters preferred. */
export function proposalOf(review: Review, item: ReviewedItem): Proposal {
  const preferred = preferredOf(item);
  return {
    input: item.input,
    expected: item.expected ?? preferred?.output ?? null,
    from: { reviewId: review.id, itemId: item.id },
    ...(item.answers.length === 1 && { answer: item.answers[0]?.output }),
  };
}

/** Whether raters do not all say the same. */
export const isDisputed = ({ judgements }: ReviewedItem): boolean =>
  new Set(judgements.map(({ choice }) => choice)).size > 1;
