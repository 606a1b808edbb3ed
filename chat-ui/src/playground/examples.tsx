import { BookmarkPlus, ListPlus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Example, TaskName } from '#contracts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
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
      <Button size="small" onClick={() => setListed(true)}>
        <ListPlus aria-hidden="true" /> Examples
      </Button>
      <Button size="small" disabled={!text.trim()} onClick={() => setSaving(true)}>
        <BookmarkPlus aria-hidden="true" /> Save as example
      </Button>
      <Dialog
        open={listed}
        onOpenChange={setListed}
        title="Examples"
        description="Pick one to put its text in the box."
      >
        {examples.length === 0 ? (
          <p className="py-6 text-center text-muted">
            None saved yet. Write a text worth keeping and choose “Save as example”.
          </p>
        ) : (
          <ul className="-mx-2">
            {examples.map((example) => (
              <li key={example.id} className="flex items-center gap-1 rounded-lg hover:bg-sunken">
                <button
                  type="button"
                  onClick={() => pick(example)}
                  className="min-w-0 grow rounded-lg px-2 py-2 text-left"
                >
                  <span className="block truncate font-medium">{example.title}</span>
                  <span className="block truncate text-faint text-xs">{example.text}</span>
                </button>
                <Button
                  variant="ghost"
                  size="icon"
                  aria-label={`Delete “${example.title}”`}
                  onClick={() => remove(example)}
                >
                  <Trash2 aria-hidden="true" />
                </Button>
              </li>
            ))}
          </ul>
        )}
      </Dialog>
      {saving && <SaveExample task={task} text={text} save={save} onClose={() => setSaving(false)} />}
    </div>
  );
}
