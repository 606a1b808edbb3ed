import { type FormEvent, useState } from 'react';
import type { LabelledRow } from '#contracts';
import { fieldErrorsOf } from '../../api/field-errors.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { Textarea } from '../../ui/textarea.tsx';
import { problemOf, readBack, writtenOf } from './json-text.ts';
import { useReplaceRow } from './use-rows.ts';

/** Says otherwise what a row expects: the row goes, and another one of the same place comes. */
export function ChangeDialog({
  dataset,
  row,
  onClose,
}: {
  dataset: string;
  row: LabelledRow;
  onClose: () => void;
}) {
  const replace = useReplaceRow(dataset);
  const [expected, setExpected] = useState(() => writtenOf(row.expected));
  const [note, setNote] = useState(row.note);
  const errors = fieldErrorsOf(replace.error);
  const problem = problemOf(expected);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (problem) return;
    replace.mutate({ row, expected: readBack(expected), note }, { onSuccess: onClose });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Change what is expected"
      description="Rows are never changed: this one is removed and added anew. Frozen versions keep what they have."
    >
      <form onSubmit={submit} className="space-y-4">
        <Field
          label="Expected"
          hint={expected.json ? 'As JSON' : undefined}
          error={problem ?? errors['/expected']}
        >
          {(ids) => (
            <Textarea
              {...ids}
              rows={3}
              autoFocus
              value={expected.text}
              onChange={({ target }) => setExpected({ ...expected, text: target.value })}
            />
          )}
        </Field>
        <Field label="Note" optional error={errors['/note']}>
          {(ids) => <Input {...ids} value={note} onChange={({ target }) => setNote(target.value)} />}
        </Field>
        {errors[''] && (
          <p role="alert" className="text-negative">
            {errors['']}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={replace.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
