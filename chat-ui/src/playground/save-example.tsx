import type { UseMutationResult } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import type { CreateExampleRequest, Example, TaskName } from '#contracts';
import { fieldErrorsOf } from '../api/field-errors.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input } from '../ui/field.tsx';

const longestTitle = 60;

/** The beginning of a text as a title to start from. */
function suggestTitle(text: string): string {
  const line = text.trim().split('\n')[0] ?? '';
  return line.length > longestTitle ? `${line.slice(0, longestTitle - 1).trimEnd()}…` : line;
}

interface SaveExampleProps {
  task: TaskName;
  text: string;
  save: UseMutationResult<Example, unknown, CreateExampleRequest>;
  onClose: () => void;
}

export function SaveExample({ task, text, save, onClose }: SaveExampleProps) {
  const [title, setTitle] = useState(() => suggestTitle(text));
  const [asked, setAsked] = useState(false);
  const wrong = fieldErrorsOf(save.error);
  const problem = title.trim()
    ? (wrong['/title'] ?? wrong['/text'] ?? wrong[''])
    : asked
      ? 'A title is needed to find it again.'
      : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!title.trim()) return;
    save.mutate(
      { task, title: title.trim(), text },
      {
        onSuccess: () => {
          toast.success('Saved as an example');
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Save as example"
      description="Everyone who uses this server can pick it."
    >
      <form onSubmit={submit} className="space-y-5">
        <Field label="Title" error={problem}>
          {(ids) => (
            <Input
              {...ids}
              value={title}
              maxLength={120}
              autoFocus
              onChange={(event) => setTitle(event.target.value)}
            />
          )}
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={save.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
