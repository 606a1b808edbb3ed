import { Field, Input, Select } from '../../../ui/field.tsx';
import type { ReviewDraft } from './draft.ts';

interface RaterFieldsProps {
  draft: ReviewDraft;
  error: string | undefined;
  onChange: (change: Partial<ReviewDraft>) => void;
}

/** How many judge the same, which is what agreement is measured by. */
export function RaterFields({ draft, error, onChange }: RaterFieldsProps) {
  return (
    <div className="grid grid-cols-1 gap-3 sm:grid-cols-3">
      <Field label="Raters of an item" error={error}>
        {(ids) => (
          <Select
            {...ids}
            value={draft.raters}
            onChange={({ target }) => onChange({ raters: Number(target.value) })}
            className="w-full"
          >
            <option value={1}>One</option>
            {[2, 3, 4, 5].map((raters) => (
              <option key={raters} value={raters}>
                {raters}, of some items
              </option>
            ))}
          </Select>
        )}
      </Field>
      {draft.raters > 1 && (
        <Field label="Of how many percent" hint="The rest is judged by one">
          {(ids) => (
            <Input
              {...ids}
              type="number"
              inputMode="numeric"
              min={0}
              max={100}
              value={draft.sharePercent}
              onChange={({ target }) => onChange({ sharePercent: Number(target.value) })}
            />
          )}
        </Field>
      )}
      <Field label="Seed" optional hint="To pick the same rows and sides again">
        {(ids) => (
          <Input
            {...ids}
            type="number"
            inputMode="numeric"
            min={0}
            value={draft.seed}
            onChange={({ target }) => onChange({ seed: target.value })}
          />
        )}
      </Field>
    </div>
  );
}
