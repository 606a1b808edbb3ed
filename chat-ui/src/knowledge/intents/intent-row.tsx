import { ChevronDown, Trash2 } from 'lucide-react';
import { useId } from 'react';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { formatLanguage } from '../../ui/format.ts';
import { type Draft, linesOf } from './draft.ts';
import { IntentForm } from './intent-form.tsx';
import type { Problems } from './problems.ts';

interface IntentRowProps {
  draft: Draft;
  problems: Problems;
  changed: boolean;
  open: boolean;
  editable: boolean;
  onToggle: () => void;
  onChange: (draft: Draft) => void;
  onRemove: () => void;
}

function Action({ draft }: { draft: Draft }) {
  if (draft.kind === 'handoff') return <Badge tone="warning">Hands over to a person</Badge>;
  if (draft.kind === 'smalltalk') return <Badge>Small talk</Badge>;
  return (
    <Badge tone="accent" className="max-w-full">
      Answers from <span className="truncate font-mono">{draft.article || '…'}</span>
    </Badge>
  );
}

/** One intent in the list; opened, its form. */
export function IntentRow(props: IntentRowProps) {
  const { draft, problems, changed, open, editable, onToggle, onChange, onRemove } = props;
  const id = useId();
  const faults = Object.keys(problems).length;
  const counts = draft.examples
    .map(({ language, text }) => ({ language, count: linesOf(text).length }))
    .filter(({ count }) => count > 0)
    .map(({ language, count }) => `${count} ${formatLanguage(language)}`);
  return (
    <li className={cx(faults > 0 && 'shadow-[inset_3px_0_0_var(--negative)]')}>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={onToggle}
        className="-outline-offset-2 flex w-full items-start gap-3 px-4 py-3 text-left hover:bg-sunken/60 sm:px-5"
      >
        <ChevronDown
          className={cx('mt-0.5 size-4 shrink-0 text-faint transition-transform', !open && '-rotate-90')}
          aria-hidden="true"
        />
        <span className="min-w-0 grow">
          <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <span className="break-all font-medium font-mono text-[0.8125rem]">
              {draft.name || 'New intent'}
            </span>
            <Action draft={draft} />
            {changed && <Badge tone="warning">Not saved</Badge>}
            {faults > 0 && (
              <Badge tone="bad">{faults === 1 ? '1 thing to mend' : `${faults} things to mend`}</Badge>
            )}
          </span>
          <span className="mt-0.5 block text-muted">{draft.description}</span>
          <span className="figures mt-0.5 block text-faint text-xs">
            {counts.length > 0 ? `Examples: ${counts.join(', ')}` : 'No examples yet'}
          </span>
        </span>
      </button>
      {open && (
        <div id={id} className="border-line border-t bg-sunken/40 px-4 py-5 sm:px-5">
          <fieldset disabled={!editable} className="min-w-0">
            <legend className="sr-only">{draft.name || 'New intent'}</legend>
            <IntentForm draft={draft} problems={problems} onChange={onChange} />
          </fieldset>
          {editable && (
            <div className="mt-5 flex justify-end">
              <Button size="small" onClick={onRemove} aria-label={`Remove the intent ${draft.name}`}>
                <Trash2 aria-hidden="true" /> Remove
              </Button>
            </div>
          )}
        </div>
      )}
    </li>
  );
}
