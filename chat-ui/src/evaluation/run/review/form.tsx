import { type FormEvent, useState } from 'react';
import type { EvaluationRun, RunSummary } from '#contracts';
import { fieldErrorsOf } from '../../../api/field-errors.ts';
import { Button } from '../../../ui/button.tsx';
import { Field, Input, Select } from '../../../ui/field.tsx';
import { formatDate } from '../../../ui/format.ts';
import { Switch } from '../../../ui/switch.tsx';
import { Textarea } from '../../../ui/textarea.tsx';
import { useOthers } from '../use-others.ts';
import { type NewReview, type ReviewDraft, requestOf } from './draft.ts';
import { RaterFields } from './raters.tsx';
import { ScaleFields } from './scale.tsx';
import { SelectionFields } from './selection.tsx';

interface ReviewFormProps {
  run: EvaluationRun;
  summary: RunSummary;
  busy: boolean;
  error: unknown;
  onCreate: (request: NewReview) => void;
  onCancel: () => void;
}

/** What is wrong at a place or below it. */
const below = (wrong: Partial<Record<string, string>>, place: string) =>
  Object.entries(wrong).find(([pointer]) => pointer.startsWith(place))?.[1];

const placed = [
  '/rubric/title',
  '/rubric/guideline',
  '/rubric/scale',
  '/select',
  '/overlap',
  '/seed',
  '/runIds',
];

export function ReviewForm({ run, summary, busy, error, onCreate, onCancel }: ReviewFormProps) {
  const others = useOthers(summary);
  const metrics = Object.keys(run.metrics);
  const [draft, setDraft] = useState<ReviewDraft>({
    ...{ beside: '', title: run.suite.title, guideline: '', rows: '', choices: '', lowest: '', highest: '' },
    ...{ selecting: 'worst', count: 20, scorer: summary.headline?.metric ?? metrics[0] ?? '' },
    ...{ judging: 'right-or-wrong', points: 5, blind: true, showExpected: true, seed: '' },
    ...{ raters: 1, sharePercent: 20 },
  });
  const [untitled, setUntitled] = useState(false);
  const wrong = fieldErrorsOf(error);
  const change = (values: Partial<ReviewDraft>) => setDraft((before) => ({ ...before, ...values }));
  const pairs = draft.beside !== '';
  const pair = (beside: string) =>
    change({
      beside,
      // Each kind makes sense of one run or of two only.
      judging: beside ? 'preference' : draft.judging === 'preference' ? 'right-or-wrong' : draft.judging,
      selecting: beside ? 'disagreements' : draft.selecting === 'disagreements' ? 'worst' : draft.selecting,
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const absent = draft.title.trim() === '';
    setUntitled(absent);
    if (!absent) onCreate(requestOf(draft, run.id));
  };
  const general = Object.entries(wrong).find(([at]) => !placed.some((each) => at.startsWith(each)))?.[1];
  return (
    <form onSubmit={submit} className="space-y-5" noValidate>
      <Field
        label="Whose answers"
        error={below(wrong, '/runIds')}
        hint={pairs ? 'Two answers side by side, on sides that change' : 'One answer at a time'}
      >
        {(ids) => (
          <Select
            {...ids}
            value={draft.beside}
            onChange={({ target }) => pair(target.value)}
            className="w-full"
          >
            <option value="">Of this run only</option>
            {others?.map(({ run: other, accepted }) => (
              <option key={other.id} value={other.id}>
                Beside {other.target.name}, {formatDate(other.startedAt)}
                {accepted ? ' (accepted last)' : ''}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field
        label="Question for the raters"
        error={untitled ? 'Give it a title.' : wrong['/rubric/title']}
        hint="Such as “Does the answer solve the customer’s problem?”"
      >
        {(ids) => (
          <Input
            {...ids}
            maxLength={120}
            value={draft.title}
            onChange={({ target }) => change({ title: target.value })}
          />
        )}
      </Field>
      <Field
        label="Guideline"
        optional
        error={wrong['/rubric/guideline']}
        hint="What makes an answer good or bad, with the doubtful cases. Raters can always open it."
      >
        {(ids) => (
          <Textarea
            {...ids}
            rows={3}
            maxLength={10_000}
            value={draft.guideline}
            onChange={({ target }) => change({ guideline: target.value })}
          />
        )}
      </Field>
      <ScaleFields draft={draft} pairs={pairs} error={below(wrong, '/rubric/scale')} onChange={change} />
      <SelectionFields
        draft={draft}
        pairs={pairs}
        metrics={metrics}
        error={below(wrong, '/select')}
        onChange={change}
      />
      <RaterFields draft={draft} error={below(wrong, '/overlap') ?? wrong['/seed']} onChange={change} />
      <Switch
        label="Blind"
        hint="Nobody is told whose answer is whose before the queue is closed"
        checked={draft.blind}
        onChange={(blind) => change({ blind })}
      />
      <Switch
        label="Show what was expected"
        hint="Off where raters should judge by themselves"
        checked={draft.showExpected}
        onChange={(showExpected) => change({ showExpected })}
      />
      {general && (
        <p role="alert" className="rounded-lg bg-negative-soft px-3 py-2 text-negative">
          {general}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={busy}>
          {busy ? 'Making…' : 'Make the queue'}
        </Button>
      </div>
    </form>
  );
}
