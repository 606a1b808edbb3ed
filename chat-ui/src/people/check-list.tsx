export interface Choice<T extends string> {
  value: T;
  label: string;
  hint?: string;
  /** Why it cannot be changed. */
  fixed?: string;
}

/** Any of a few, each with what it means. */
export function CheckList<T extends string>({
  legend,
  choices,
  chosen,
  onChange,
  error,
}: {
  legend: string;
  choices: Choice<T>[];
  chosen: T[];
  onChange: (chosen: T[]) => void;
  error?: string;
}) {
  const toggle = (value: T, on: boolean) =>
    onChange(on ? [...chosen, value] : chosen.filter((each) => each !== value));
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium">{legend}</legend>
      <div className="divide-y divide-line rounded-lg border border-line">
        {choices.map(({ value, label, hint, fixed }) => (
          <label
            key={value}
            className="flex cursor-pointer items-start gap-3 px-3 py-2 hover:bg-sunken has-disabled:cursor-not-allowed"
          >
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              disabled={fixed !== undefined}
              onChange={({ target }) => toggle(value, target.checked)}
              className="mt-0.5 size-4 shrink-0 accent-(--accent)"
            />
            <span className="min-w-0">
              <span className="block break-words font-medium">{label}</span>
              {hint && <span className="block text-faint text-xs">{hint}</span>}
              {fixed && <span className="block text-warning text-xs">{fixed}</span>}
            </span>
          </label>
        ))}
      </div>
      {error && (
        <p role="alert" className="mt-1.5 text-negative text-xs">
          {error}
        </p>
      )}
    </fieldset>
  );
}
