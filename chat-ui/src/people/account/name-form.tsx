import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import type { User } from '#contracts';
import { fieldErrorsOf } from '../../api/field-errors.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { useChangeUser } from '../use-people.ts';

/** One's own name, for those who may change it. */
export function NameForm({ user }: { user: User }) {
  const change = useChangeUser();
  const [missing, setMissing] = useState<string>();
  const wrong = fieldErrorsOf(change.error);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name')).trim();
    setMissing(name ? undefined : 'A name is needed: colleagues and customers see it.');
    if (name)
      change.mutate({ user, change: { name } }, { onSuccess: () => toast.success('Saved your name') });
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-wrap items-start gap-2">
      <div className="min-w-0 grow basis-60">
        <Field
          label="Name"
          error={missing ?? wrong['/name'] ?? wrong['']}
          hint="Colleagues and the customers you write to see it"
        >
          {(ids) => (
            <Input
              {...ids}
              key={user.name}
              name="name"
              defaultValue={user.name}
              maxLength={100}
              autoComplete="name"
            />
          )}
        </Field>
      </div>
      <Button type="submit" className="h-10 sm:mt-[1.625rem] sm:h-9" disabled={change.isPending}>
        {change.isPending ? 'Saving…' : 'Save'}
      </Button>
    </form>
  );
}
