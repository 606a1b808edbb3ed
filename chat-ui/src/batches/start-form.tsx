import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { BatchFields, TaskName } from '#contracts';
import { fieldErrorsOf } from '../api/field-errors.ts';
import { modelsQuery } from '../api/queries.ts';
import { OptionControl } from '../playground/option-control.tsx';
import { allTasks, taskOf } from '../playground/registry.ts';
import { sentOptions } from '../playground/request.ts';
import type { OptionValue } from '../playground/task.ts';
import { Button } from '../ui/button.tsx';
import { Field, Select } from '../ui/field.tsx';
import { formatPercent } from '../ui/format.ts';
import { type Preview, textColumn } from './preview.ts';
import { PreviewTable } from './preview-table.tsx';

interface StartFormProps {
  preview: Preview;
  /** The share that has been sent; undefined while nothing is. */
  sent: number | undefined;
  error: unknown;
  onStart: (fields: BatchFields) => void;
  onCancel: () => void;
}

/** What is to be done with the rows of a file. */
export function StartForm({ preview, sent, error, onStart, onCancel }: StartFormProps) {
  const [name, setName] = useState<TaskName>('sentiment');
  const [model, setModel] = useState('');
  const [column, setColumn] = useState(textColumn(preview));
  const [values, setValues] = useState<Record<string, OptionValue>>({});
  const [missing, setMissing] = useState<string>();
  const task = taskOf(name);
  const models = (useQuery(modelsQuery).data ?? []).filter((each) => each.task === name);
  const wrong = fieldErrorsOf(error);
  const general = Object.entries(wrong).find(
    ([pointer]) => pointer !== '/column' && pointer !== '/model',
  )?.[1];
  const options = Object.fromEntries(
    task.options.map(({ key, initially }) => [key, values[key] ?? initially]),
  );

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(column === undefined ? 'Say which column holds the text.' : undefined);
    if (column === undefined) return;
    const { format, delimiter } = preview;
    const table = format === 'csv' ? { delimiter } : {};
    const named = format === 'text' ? {} : { column };
    onStart({
      ...table,
      ...named,
      task: name,
      model: model || undefined,
      format,
      options: sentOptions(task, options),
    });
  };

  return (
    <form onSubmit={submit} className="space-y-5" noValidate>
      <PreviewTable preview={preview} column={column} />
      <div className="grid grid-cols-1 gap-5 sm:grid-cols-2">
        <Field label="Task">
          {(ids) => (
            <Select
              {...ids}
              value={name}
              onChange={({ target }) => {
                setName(target.value as TaskName);
                setModel('');
                setValues({});
              }}
            >
              {allTasks.map((each) => (
                <option key={each.name} value={each.name}>
                  {each.title}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Column with the text" error={missing ?? wrong['/column']}>
          {(ids) => (
            <Select
              {...ids}
              value={column ?? ''}
              onChange={({ target }) => setColumn(target.value || undefined)}
            >
              {column === undefined && <option value="">Choose…</option>}
              {[...new Set(preview.columns)].map((each) => (
                <option key={each} value={each}>
                  {each}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {models.length > 1 && (
          <Field label="Model" error={wrong['/model']}>
            {(ids) => (
              <Select {...ids} value={model} onChange={({ target }) => setModel(target.value)}>
                <option value="">The default</option>
                {models.map((each) => (
                  <option key={each.id} value={each.id}>
                    {each.name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
        {task.options.map((option) => (
          <OptionControl
            key={option.key}
            option={option}
            value={options[option.key] ?? option.initially}
            onChange={(value) => setValues({ ...values, [option.key]: value })}
          />
        ))}
      </div>
      {general && (
        <p role="alert" className="rounded-lg bg-negative-soft px-3 py-2 text-negative">
          {general}
        </p>
      )}
      <div className="flex flex-wrap items-center justify-end gap-2">
        {sent !== undefined && (
          <p role="status" className="figures mr-auto text-muted">
            {sent < 1 ? `${formatPercent(sent)} sent` : 'The server reads the file…'}
          </p>
        )}
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={sent !== undefined}>
          Start the job
        </Button>
      </div>
    </form>
  );
}
