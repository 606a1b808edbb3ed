import { Field, Input, Select } from '../../../ui/field.tsx';
import { Textarea } from '../../../ui/textarea.tsx';
import type { ReviewDraft, Selecting } from './draft.ts';

interface SelectionFieldsProps {
  draft: ReviewDraft;
  /** Two answers are shown side by side. */
  pairs: boolean;
  metrics: string[];
  error: string | undefined;
  onChange: (change: Partial<ReviewDraft>) => void;
}

/** Which rows are judged. */
export function SelectionFields({ draft, pairs, metrics, error, onChange }: SelectionFieldsProps) {
  const byScorer = draft.selecting === 'worst' || draft.selecting === 'disagreements';
  return (
    <div className="space-y-3">
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)]">
        <Field label="Which rows" error={error}>
          {(ids) => (
            <Select
              {...ids}
              value={draft.selecting}
              onChange={({ target }) => onChange({ selecting: target.value as Selecting })}
              className="w-full"
            >
              <option value="worst">{pairs ? 'The worst of the other run' : 'The worst'}</option>
              {pairs && <option value="disagreements">Where the two differ most</option>}
              <option value="random">At random</option>
              <option value="errored">Errors</option>
              <option value="rows">A list of rows</option>
            </Select>
          )}
        </Field>
        {draft.selecting !== 'rows' && (
          <Field label="How many">
            {(ids) => (
              <Input
                {...ids}
                type="number"
                inputMode="numeric"
                min={1}
                max={1000}
                value={draft.count}
                onChange={({ target }) => onChange({ count: Number(target.value) })}
              />
            )}
          </Field>
        )}
        {byScorer && (
          <Field label="By">
            {(ids) => (
              <Select
                {...ids}
                value={draft.scorer}
                onChange={({ target }) => onChange({ scorer: target.value })}
                className="w-full"
              >
                {metrics.map((metric) => (
                  <option key={metric}>{metric}</option>
                ))}
              </Select>
            )}
          </Field>
        )}
      </div>
      {draft.selecting === 'rows' && (
        <Field label="Ids of the rows" hint="One a line, judged in this order">
          {(ids) => (
            <Textarea
              {...ids}
              rows={3}
              spellCheck={false}
              value={draft.rows}
              onChange={({ target }) => onChange({ rows: target.value })}
              className="font-mono text-[0.8125rem]"
            />
          )}
        </Field>
      )}
    </div>
  );
}
