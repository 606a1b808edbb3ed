import { Eye, EyeOff } from 'lucide-react';
import { type ComponentProps, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Field, Input } from '../ui/field.tsx';
import { strengthOf } from './strength.ts';

interface PasswordFieldProps extends Omit<ComponentProps<'input'>, 'type' | 'children'> {
  label: string;
  error?: string;
  /** For one that is being chosen: says how good its length is. */
  chosen?: boolean;
}

/** A password that can be looked at before it is sent. */
export function PasswordField({ label, error, chosen, ...rest }: PasswordFieldProps) {
  const [shown, setShown] = useState(false);
  const [value, setValue] = useState('');
  const Icon = shown ? EyeOff : Eye;
  return (
    <Field label={label} error={error} hint={chosen && <Strength password={value} />}>
      {(ids) => (
        <span className="relative block">
          <Input
            {...rest}
            {...ids}
            type={shown ? 'text' : 'password'}
            autoCapitalize="none"
            spellCheck={false}
            value={value}
            onChange={(event) => setValue(event.target.value)}
            className="pr-11"
          />
          <Button
            variant="ghost"
            size="icon"
            aria-label={shown ? `Hide ${label.toLowerCase()}` : `Show ${label.toLowerCase()}`}
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
            className="absolute top-0.5 right-0.5 size-9 sm:size-8"
          >
            <Icon aria-hidden="true" />
          </Button>
        </span>
      )}
    </Field>
  );
}

function Strength({ password }: { password: string }) {
  const { share, words, enough } = strengthOf(password);
  return (
    <span className="flex items-center gap-2.5">
      <span
        aria-hidden="true"
        className="h-1.5 w-16 shrink-0 overflow-hidden rounded-full bg-neutral-soft forced-colors:border"
      >
        <span
          className={cx(
            'block h-full rounded-full transition-[width] forced-colors:bg-[CanvasText]',
            enough ? 'bg-positive' : 'bg-warning',
          )}
          style={{ width: `${share * 100}%` }}
        />
      </span>
      <span aria-live="polite">{words}</span>
    </span>
  );
}
