import type { JudgeRequest, Review, ReviewScale } from '#contracts';

export type Choice = JudgeRequest['choice'];

/** Something to choose, as a rater sees it. */
export interface Offered {
  choice: Choice;
  label: string;
  /** The key that chooses it; none for the eleventh and further. */
  key: string | undefined;
}

const preferences: Offered[] = [
  { choice: 'a', label: 'First', key: '1' },
  { choice: 'b', label: 'Second', key: '2' },
  { choice: 'tie', label: 'Tie', key: '0' },
];

const keyAt = (index: number): string | undefined => (index < 10 ? String((index + 1) % 10) : undefined);

/** What a scale offers: keys 1 to 9 and 0 for the tenth, or 1, 2 and 0 for a tie. */
export function offeredBy(scale: ReviewScale): Offered[] {
  if (scale.kind === 'preference') return preferences;
  if (scale.kind === 'choices')
    return scale.choices.map(({ value, label }, index) => ({ choice: value, label, key: keyAt(index) }));
  return Array.from({ length: scale.points }, (_, index) => ({
    choice: index + 1,
    label: String(index + 1),
    key: keyAt(index),
  }));
}

/** What a choice of a closed queue means: that of a preference is a system. */
export function meaningOf({ rubric: { scale }, systems }: Review, choice: Choice): string {
  if (scale.kind === 'choices')
    return scale.choices.find(({ value }) => value === choice)?.label ?? String(choice);
  if (scale.kind === 'scale') return `${choice} of ${scale.points}`;
  if (choice === 'tie') return 'Tie';
  const [first, second] = systemNames(systems);
  return (choice === 'first' ? first : second) ?? String(choice);
}

/** The systems by name, told apart by their place where two have one. */
export function systemNames(systems: Review['systems']): string[] {
  const names = systems.map(({ label }) => label);
  return new Set(names).size === names.length ? names : names.map((name, at) => `${name} (${'AB'[at]})`);
}
