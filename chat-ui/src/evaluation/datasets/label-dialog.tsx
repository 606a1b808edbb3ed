import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type KeyboardEvent, useId, useState } from 'react';
import type { AddRowRequest, RowOrigin } from '#contracts';
import { fieldErrorsOf } from '../../api/field-errors.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { Kbd, modifierKey } from '../../ui/kbd.tsx';
import { Textarea } from '../../ui/textarea.tsx';
import { problemOf, readBack, writtenOf } from './json-text.ts';
import { datasetsQuery } from './queries.ts';
import { Said } from './said.tsx';
import { lastDataset, useAddRow } from './use-rows.ts';

/** A row to be: where somebody came upon it, and what is known of it. */
export interface Proposal {
  input: unknown;
  /** What would be right, as far as anybody has said; null when the one who labels it is to write it. */
  expected: unknown;
  from: RowOrigin;
  /** An answer that was given, for whoever writes a better one. */
  answer?: unknown;
}

const firstName = 'labelled';

/** Makes a row of a dataset of what somebody looks at. One that knows what is expected needs only Enter. */
export function LabelDialog({ proposal, onClose }: { proposal: Proposal; onClose: () => void }) {
  const { data: known } = useQuery(datasetsQuery);
  const add = useAddRow();
  const [dataset, setDataset] = useState(lastDataset.get() || firstName);
  const [expected, setExpected] = useState(() => writtenOf(proposal.expected));
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const names = useId();
  const errors = fieldErrorsOf(add.error);
  const complete = expected.text.trim() !== '';
  const problem = complete ? problemOf(expected) : 'Write what a right answer would be.';
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    setTried(true);
    if (problem || add.isPending) return;
    const { input, from } = proposal;
    const row = { input, expected: readBack(expected), from, note } as AddRowRequest;
    add.mutate({ dataset, row }, { onSuccess: onClose });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Make it a labelled row"
      description="Rows of a dataset measure models from then on. They are kept as they are; a suite pins a frozen version."
    >
      <form onSubmit={submit} onKeyDown={onKeyDown} className="space-y-4">
        <Part title="Input" value={proposal.input} />
        {proposal.answer !== undefined && <Part title="What was answered" value={proposal.answer} />}
        <Field
          label="Expected"
          hint={expected.json ? 'As JSON' : undefined}
          error={(tried && problem) || errors['/expected']}
        >
          {(ids) => (
            <Textarea
              {...ids}
              rows={2}
              autoFocus={!complete}
              className={expected.json ? 'font-mono text-[0.8125rem]' : undefined}
              value={expected.text}
              onChange={({ target }) => setExpected({ ...expected, text: target.value })}
            />
          )}
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Dataset" error={errors['/name'] ?? errors['/from']}>
            {(ids) => (
              <Input
                {...ids}
                required
                list={names}
                autoComplete="off"
                value={dataset}
                onChange={({ target }) => setDataset(target.value)}
              />
            )}
          </Field>
          <Field label="Note" optional error={errors['/note']}>
            {(ids) => <Input {...ids} value={note} onChange={({ target }) => setNote(target.value)} />}
          </Field>
        </div>
        <datalist id={names}>
          {known?.map(({ name }) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        {errors[''] && (
          <p role="alert" className="text-negative">
            {errors['']}
          </p>
        )}
        <div className="flex flex-wrap items-center justify-end gap-3">
          <span className="mr-auto text-faint text-xs max-sm:hidden">
            <Kbd>{modifierKey}</Kbd> <Kbd>Enter</Kbd> adds it from anywhere
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" autoFocus={complete} disabled={add.isPending}>
            Add the row
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Part({ title, value }: { title: string; value: unknown }) {
  return (
    <div>
      <h3 className="mb-1 font-medium">{title}</h3>
      <div className="max-h-40 overflow-y-auto rounded-lg border border-line bg-sunken px-3 py-2">
        <Said value={value} />
      </div>
    </div>
  );
}
