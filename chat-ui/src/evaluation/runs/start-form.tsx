import { type FormEvent, useState } from 'react';
import type { StartJobRequest } from '#contracts';
import { fieldErrorsOf } from '../../api/field-errors.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Textarea } from '../../ui/textarea.tsx';
import { SuiteChoice } from './suite-choice.tsx';
import { exampleSuite, type SuiteSource, sourced } from './suite-source.ts';

interface StartFormProps {
  busy: boolean;
  error: unknown;
  onStart: (request: StartJobRequest) => void;
  onCancel: () => void;
}

export function StartForm({ busy, error, onStart, onCancel }: StartFormProps) {
  const [source, setSource] = useState<SuiteSource>('bundled');
  const [suite, setSuite] = useState<string>();
  const [yaml, setYaml] = useState('');
  const [missing, setMissing] = useState<string>();
  const wrong = sourced(fieldErrorsOf(error), source);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const model = String(data.get('model')).trim() || undefined;
    const limit = data.get('limit') ? Number(data.get('limit')) : undefined;
    const absent = source === 'bundled' ? !suite : !yaml.trim();
    setMissing(absent ? (source === 'bundled' ? 'Choose a suite.' : 'Paste the suite here.') : undefined);
    if (absent) return;
    onStart({ ...(source === 'bundled' ? { suite } : { yaml }), model, limit });
  };
  return (
    <form onSubmit={submit} className="space-y-5" noValidate>
      <Segmented
        label="Where the suite is"
        value={source}
        options={[
          { value: 'bundled', label: 'Comes with the server' },
          { value: 'yaml', label: 'Paste YAML' },
        ]}
        onChange={(next) => {
          setSource(next);
          setMissing(undefined);
        }}
      />
      {source === 'bundled' ? (
        <SuiteChoice chosen={suite} onChange={setSuite} error={missing ?? wrong.suite} />
      ) : (
        <Field
          label="Suite"
          error={missing ?? wrong.suite}
          hint={
            <>
              With its rows in it, or in a labelled dataset.{' '}
              <button
                type="button"
                className="rounded text-accent underline"
                onClick={() => setYaml(exampleSuite)}
              >
                Start from an example
              </button>
            </>
          }
        >
          {(ids) => (
            <Textarea
              {...ids}
              rows={8}
              spellCheck={false}
              value={yaml}
              onChange={({ target }) => setYaml(target.value)}
              className="font-mono text-[0.8125rem] sm:text-[0.8125rem]"
            />
          )}
        </Field>
      )}
      <div className="grid grid-cols-1 gap-5 sm:grid-cols-2">
        <Field label="Model" optional error={wrong.model} hint="Of a task. Empty: the one the suite names">
          {(ids) => <Input {...ids} name="model" maxLength={200} autoComplete="off" spellCheck={false} />}
        </Field>
        <Field
          label="First rows only"
          optional
          error={wrong.limit}
          hint="A try: the run is stamped partial and cannot be signed"
        >
          {(ids) => <Input {...ids} name="limit" type="number" inputMode="numeric" min={1} max={200_000} />}
        </Field>
      </div>
      {wrong.general && (
        <p role="alert" className="rounded-lg bg-negative-soft px-3 py-2 text-negative">
          {wrong.general}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={busy}>
          {busy ? 'Starting…' : 'Run it'}
        </Button>
      </div>
    </form>
  );
}
