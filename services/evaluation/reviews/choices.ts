import { type JudgeRequest, ParlanceError, type ReviewScale } from '#contracts';

type Choice = JudgeRequest['choice'];

/** Throws `invalid_input` for a choice that the scale does not offer. */
export function assertOffered(scale: ReviewScale, choice: Choice): void {
  const offered = offeredBy(scale);
  if (!offered.includes(choice)) throw ParlanceError.field('/choice', `Choose one of ${offered.join(', ')}.`);
}

function offeredBy(scale: ReviewScale): Choice[] {
  if (scale.kind === 'choices') return scale.choices.map(({ value }) => value);
  if (scale.kind === 'preference') return ['a', 'b', 'tie'];
  return Array.from({ length: scale.points }, (_, index) => index + 1);
}

/** What a choice says about the systems themselves, whichever was shown as a: `first`, `second` or `tie`; other choices as they are. */
export function meantBy(scale: ReviewScale, choice: Choice, swapped: boolean): Choice {
  if (scale.kind !== 'preference' || choice === 'tie') return choice;
  return (choice === 'a') === swapped ? 'second' : 'first';
}
