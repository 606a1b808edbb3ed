import type { FormEvent } from 'react';
import { fieldErrorsOf } from '../api/field-errors.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input } from '../ui/field.tsx';
import { useStartPull } from './use-models.ts';

/** Asks for a model of the hub by its name and begins to pull it. */
export function PullDialog({ onClose }: { onClose: () => void }) {
  const start = useStartPull(onClose);
  const { '/model': model, '/revision': revision, ...others } = fieldErrorsOf(start.error);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    start.mutate({
      model: String(data.get('model')).trim(),
      revision: String(data.get('revision')).trim() || 'main',
    });
  };
  const [general] = Object.values(others);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Pull a model"
      description="It needs ONNX graphs and a fast tokenizer. What it is for is read from its files."
    >
      <form onSubmit={submit} className="space-y-5" noValidate>
        <Field label="Model" error={model} hint="As the hub calls it: owner/name">
          {(ids) => <Input {...ids} name="model" maxLength={200} autoComplete="off" autoFocus />}
        </Field>
        <Field
          label="Revision"
          error={revision}
          optional
          hint="A branch, a tag or a commit; main when left out"
        >
          {(ids) => <Input {...ids} name="revision" maxLength={200} autoComplete="off" />}
        </Field>
        {general && (
          <p role="alert" className="text-negative">
            {general}
          </p>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" disabled={start.isPending}>
            Pull
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
