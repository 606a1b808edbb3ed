interface ChoicesProps<T extends string> {
  legend: string;
  name: string;
  value: T | undefined;
  options: { value: T; label: string; hint?: string; disabled?: boolean }[];
  onChange: (value: T) => void;
  error?: string;
}

/** One of a few, each with what it means. */
export function Choices<T extends string>({
  legend,
  name,
  value,
  options,
  onChange,
  error,
}: ChoicesProps<T>) {
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium">{legend}</legend>
      <div className="divide-y divide-line overflow-hidden rounded-lg border border-line">
        {options.map((option) => (
          <label
            key={option.value}
            className="flex cursor-pointer items-start gap-3 px-3 py-2 hover:bg-sunken has-checked:bg-accent-soft/60 has-disabled:cursor-not-allowed has-disabled:opacity-60"
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={value === option.value}
              disabled={option.disabled}
              onChange={() => onChange(option.value)}
              className="mt-0.5 size-4 shrink-0 accent-(--accent)"
            />
            <span className="min-w-0">
              <span className="block font-medium">{option.label}</span>
              {option.hint && <span className="block text-faint text-xs">{option.hint}</span>}
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
