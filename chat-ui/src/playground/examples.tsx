import { BookmarkPlus, ListPlus, Trash2 } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import type { Example, TaskName } from '#contracts';
import { Button } from '../ui/button.tsx';
import { SaveExample } from './save-example.tsx';
import { useExamples } from './use-examples.ts';

interface ExamplesProps {
  task: TaskName;
  text: string;
  onPick: (text: string) => void;
}

/** Saved inputs: pick one, keep the current text, throw one away. */
export function Examples({ task, text, onPick }: ExamplesProps) {
  const { examples, save, remove } = useExamples(task);
  const [listed, setListed] = useState(false);
  const [saving, setSaving] = useState(false);
  const pick = (example: Example) => {
    setListed(false);
    onPick(example.text);
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      {/* Not a modal dialog: the notice that offers to undo a deletion must stay within reach. */}
      <Popover.Root open={listed} onOpenChange={setListed}>
        <Popover.Trigger asChild>
          <Button size="small">
            <ListPlus aria-hidden="true" /> Examples
          </Button>
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content
            align="start"
            sideOffset={6}
            collisionPadding={16}
            aria-label="Examples"
            className="appear z-40 max-h-(--radix-popover-content-available-height) w-[min(26rem,calc(100vw-2rem))] overflow-y-auto rounded-xl border border-line bg-raised p-1.5 shadow-float"
          >
            <ExampleList examples={examples} onPick={pick} onDelete={remove} />
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
      <Button size="small" disabled={!text.trim()} onClick={() => setSaving(true)}>
        <BookmarkPlus aria-hidden="true" /> Save as example
      </Button>
      {saving && <SaveExample task={task} text={text} save={save} onClose={() => setSaving(false)} />}
    </div>
  );
}

interface ExampleListProps {
  examples: Example[];
  onPick: (example: Example) => void;
  onDelete: (example: Example) => void;
}

function ExampleList({ examples, onPick, onDelete }: ExampleListProps) {
  if (examples.length === 0) {
    return (
      <p className="px-3 py-5 text-center text-muted">
        None saved yet. Write a text worth keeping and choose “Save as example”.
      </p>
    );
  }
  return (
    <ul>
      {examples.map((example) => (
        <li key={example.id} className="flex items-center gap-1 rounded-lg hover:bg-sunken">
          <button
            type="button"
            onClick={() => onPick(example)}
            className="-outline-offset-2 min-w-0 grow rounded-lg px-2.5 py-2 text-left"
          >
            <span className="block truncate font-medium">{example.title}</span>
            <span className="block truncate text-faint text-xs">{example.text}</span>
          </button>
          <Button
            variant="ghost"
            size="icon"
            aria-label={`Delete “${example.title}”`}
            onClick={() => onDelete(example)}
          >
            <Trash2 aria-hidden="true" />
          </Button>
        </li>
      ))}
    </ul>
  );
}
