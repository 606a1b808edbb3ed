import { useEffect, useState } from 'react';
import { Field, type FieldIds, Input, Select } from '../ui/field.tsx';
import { Switch } from '../ui/switch.tsx';
import type { OptionValue, TaskOption } from './task.ts';

/** The control of one option of a task. */
export function OptionControl({
  option,
  value,
  onChange,
}: {
  option: TaskOption;
  value: OptionValue;
  onChange: (value: OptionValue) => void;
}) {
  const { label, hint } = option;
  if (option.kind === 'switch')
    return <Switch label={label} hint={hint} checked={value === true} onChange={onChange} />;
  return (
    <Field label={label} hint={hint}>
      {(ids) =>
        option.kind === 'choice' ? (
          <Select {...ids} value={String(value)} onChange={(event) => onChange(event.target.value)}>
            {option.choices.map((choice) => (
              <option key={choice.value} value={choice.value}>
                {choice.label}
              </option>
            ))}
          </Select>
        ) : (
          <Words ids={ids} value={String(value)} onChange={onChange} />
        )
      }
    </Field>
  );
}

/** Keeps what is typed here: the address, which holds it, follows a moment later and must not move the caret. */
function Words({
  ids,
  value,
  onChange,
}: {
  ids: FieldIds;
  value: string;
  onChange: (value: string) => void;
}) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  return (
    <Input
      {...ids}
      value={typed}
      onChange={(event) => {
        setTyped(event.target.value);
        onChange(event.target.value);
      }}
    />
  );
}
