import { Check } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useId } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Kbd } from '../../../ui/kbd.tsx';
import { Textarea } from '../../../ui/textarea.tsx';
import type { Judging } from './judging.ts';
import type { Draft } from './sayings.ts';

interface CommentProps {
  draft: Draft;
  judging: Judging;
  input: RefObject<HTMLTextAreaElement | null>;
  /** Where one chooses, once the comment is written. */
  onChoose: () => void;
}

/** A comment on the item. While it is open a choice is only marked, and Enter confirms both. */
export function Comment({ draft, judging, input, onChoose }: CommentProps) {
  const id = useId();
  const chosen = draft.choice !== null;
  const confirm = () => (chosen ? judging.confirm() : onChoose());
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      confirm();
    }
    if (event.key === 'Escape') {
      if (draft.comment.trim() === '') judging.write({ comment: '', open: false });
      onChoose();
    }
  };
  return (
    <div className="space-y-1.5">
      <label htmlFor={id} className="block font-medium">
        Comment
      </label>
      <Textarea
        id={id}
        ref={input}
        rows={2}
        maxLength={2000}
        aria-describedby={`${id}-hint`}
        value={draft.comment}
        onChange={({ target }) => judging.write({ comment: target.value })}
        onKeyDown={onKeyDown}
      />
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p id={`${id}-hint`} className="text-faint text-xs">
          {chosen ? (
            <>
              <Kbd>Enter</Kbd> confirms your choice and the comment.
            </>
          ) : (
            <>
              <Kbd>Enter</Kbd> leaves the comment, so that you can choose.
            </>
          )}
        </p>
        <Button size="small" variant="primary" data-confirm disabled={!chosen} onClick={judging.confirm}>
          <Check aria-hidden="true" /> Confirm
        </Button>
      </div>
    </div>
  );
}
