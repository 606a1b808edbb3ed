import { type FormEvent, useState } from 'react';
import type { CreateKeyRequest, Scope } from '#contracts';
import { fieldErrorsOf } from '../api/field-errors.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { scopeMeanings, scopeNames } from './scopes.ts';

type Request = Partial<CreateKeyRequest> & { name: string };

/** The server names a bad field by pointer; these are the ones with a place of their own. */
const placed = ['/name', '/scopes', '/ratePerMinute', '/expiresInDays'];

function ScopeChoice({
  chosen,
  onChange,
  error,
}: {
  chosen: Scope[];
  onChange: (chosen: Scope[]) => void;
  error?: string;
}) {
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium">What it may do</legend>
      <div className="divide-y divide-line rounded-lg border border-line">
        {scopeNames.map((scope) => (
          <label key={scope} className="flex cursor-pointer items-start gap-3 px-3 py-2 hover:bg-sunken">
            <input
              type="checkbox"
              checked={chosen.includes(scope)}
              onChange={({ target }) =>
                onChange(target.checked ? [...chosen, scope] : chosen.filter((each) => each !== scope))
              }
              className="mt-0.5 size-4 shrink-0 accent-(--accent)"
            />
            <span className="min-w-0">
              <span className="block font-medium font-mono text-[0.8125rem]">{scope}</span>
              <span className="block text-faint text-xs">{scopeMeanings[scope]}</span>
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

interface CreateFormProps {
  busy: boolean;
  error: unknown;
  onCreate: (request: Request) => void;
  onCancel: () => void;
}

export function CreateForm({ busy, error, onCreate, onCancel }: CreateFormProps) {
  const [scopes, setScopes] = useState<Scope[]>(['inference']);
  const [missing, setMissing] = useState<Partial<Record<string, string>>>({});
  const wrong = { ...fieldErrorsOf(error), ...missing };
  const general = Object.entries(wrong).find(
    ([pointer]) => !placed.some((each) => pointer.startsWith(each)),
  )?.[1];
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const number = (name: string) => (data.get(name) ? Number(data.get(name)) : null);
    const name = String(data.get('name')).trim();
    const absent: Partial<Record<string, string>> = {};
    if (!name) absent['/name'] = 'Give it a name that says who uses it.';
    if (scopes.length === 0) absent['/scopes'] = 'Choose at least one.';
    setMissing(absent);
    if (Object.keys(absent).length > 0) return;
    onCreate({ name, scopes, ratePerMinute: number('rate'), expiresInDays: number('days') });
  };
  return (
    <form onSubmit={submit} className="space-y-5" noValidate>
      <Field label="Name" error={wrong['/name']} hint="Who or what uses it, such as “helpdesk importer”">
        {(ids) => <Input {...ids} name="name" maxLength={100} autoComplete="off" autoFocus />}
      </Field>
      <ScopeChoice chosen={scopes} onChange={setScopes} error={wrong['/scopes']} />
      <div className="grid grid-cols-1 gap-5 sm:grid-cols-2">
        <Field
          label="Requests per minute"
          optional
          error={wrong['/ratePerMinute']}
          hint="Empty: the server’s own limit"
        >
          {(ids) => <Input {...ids} name="rate" type="number" inputMode="numeric" min={1} max={1_000_000} />}
        </Field>
        <Field
          label="Expires after days"
          optional
          error={wrong['/expiresInDays']}
          hint="Empty: when it is revoked"
        >
          {(ids) => <Input {...ids} name="days" type="number" inputMode="numeric" min={1} max={3650} />}
        </Field>
      </div>
      {general && (
        <p role="alert" className="rounded-lg bg-negative-soft px-3 py-2 text-negative">
          {general}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={busy}>
          {busy ? 'Creating…' : 'Create key'}
        </Button>
      </div>
    </form>
  );
}
