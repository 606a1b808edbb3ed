import { describe, expect, it } from 'vitest';
import { createReviewRequest } from '#contracts';
import { type ReviewDraft, requestOf } from './draft.ts';

const [one, other] = ['7d1f2a52-6a51-4c3f-9a6e-111111111111', '7d1f2a52-6a51-4c3f-9a6e-222222222222'];
const draft: ReviewDraft = {
  ...{ beside: '', title: ' Mood ', guideline: '', rows: '', choices: '', lowest: '', highest: '' },
  ...{ selecting: 'worst', count: 20, scorer: 'accuracy', judging: 'right-or-wrong', points: 5 },
  ...{ blind: true, showExpected: true, raters: 1, sharePercent: 20, seed: '' },
};

describe('a queue that is filled in', () => {
  it('is what the server takes, whatever is chosen', () => {
    for (const selecting of ['random', 'worst', 'errored', 'rows'] as const)
      for (const judging of ['right-or-wrong', 'scale', 'choices'] as const) {
        const filled = { ...draft, selecting, judging, rows: 'r1\n r2 \n', choices: 'Good\nNot quite\nДа' };
        expect(createReviewRequest.safeParse(requestOf(filled, one)).error).toBeUndefined();
      }
    const pairs = { ...draft, beside: other, selecting: 'disagreements', judging: 'preference' } as const;
    expect(createReviewRequest.parse(requestOf(pairs, one)).runIds).toEqual([other, one]);
  });

  it('names choices for programs, asks nobody twice without a second rater, and keeps a seed', () => {
    const { rubric, overlap, seed } = requestOf(
      { ...draft, judging: 'choices', choices: 'Good\nNot quite!\n!', seed: '7' },
      one,
    );
    expect(rubric).toMatchObject({ title: 'Mood', scale: { kind: 'choices' } });
    expect(rubric.scale.kind === 'choices' && rubric.scale.choices.map(({ value }) => value)).toEqual([
      'good',
      'not-quite',
      'choice-3',
    ]);
    expect([overlap, seed]).toEqual([{ raters: 1, share: 0 }, 7]);
    expect(requestOf({ ...draft, raters: 2 }, one).overlap).toEqual({ raters: 2, share: 0.2 });
  });
});
