import { Field, Input, Select } from '../../../ui/field.tsx';
import { Textarea } from '../../../ui/textarea.tsx';
import type { Judging, ReviewDraft } from './draft.ts';

interface ScaleFieldsProps {
  draft: ReviewDraft;
  /** Two answers are shown side by side. */
  pairs: boolean;
  error: string | undefined;
  onChange: (change: Partial<ReviewDraft>) => void;
}

/** What raters choose from. */
export function ScaleFields({ draft, pairs, error, onChange }: ScaleFieldsProps) {
  return (
    <div className="space-y-3">
      <Field label="What they choose from" error={error}>
        {(ids) => (
          <Select
            {...ids}
            value={draft.judging}
            onChange={({ target }) => onChange({ judging: target.value as Judging })}
            className="w-full"
          >
            {pairs && <option value="preference">The first, the second, or a tie</option>}
            <option value="right-or-wrong">Right or wrong</option>
            <option value="scale">A scale of points</option>
            <option value="choices">Choices of your own</option>
          </Select>
        )}
      </Field>
      {draft.judging === 'scale' && (
        <div className="grid grid-cols-1 gap-3 sm:grid-cols-3">
          <Field label="Points">
            {(ids) => (
              <Input
                {...ids}
                type="number"
                inputMode="numeric"
                min={2}
                max={10}
                value={draft.points}
                onChange={({ target }) => onChange({ points: Number(target.value) })}
              />
            )}
          </Field>
          <Field label="1 means" optional>
            {(ids) => (
              <Input
                {...ids}
                maxLength={100}
                value={draft.lowest}
                onChange={({ target }) => onChange({ lowest: target.value })}
              />
            )}
          </Field>
          <Field label="The highest means" optional>
            {(ids) => (
              <Input
                {...ids}
                maxLength={100}
                value={draft.highest}
                onChange={({ target }) => onChange({ highest: target.value })}
              />
            )}
          </Field>
        </div>
      )}
      {draft.judging === 'choices' && (
        <Field label="Choices" hint="One a line, from two to twenty">
          {(ids) => (
            <Textarea
              {...ids}
              rows={3}
              value={draft.choices}
              onChange={({ target }) => onChange({ choices: target.value })}
            />
          )}
        </Field>
      )}
    </div>
  );
}
