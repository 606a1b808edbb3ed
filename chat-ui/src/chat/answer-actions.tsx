import { ChevronLeft, ChevronRight, RotateCcw } from 'lucide-react';
import type { Message } from '#contracts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { Feedback } from './feedback.tsx';

interface AnswerActionsProps {
  message: Message;
  siblings: string[];
  onSibling: (id: string) => void;
  onAgain: (() => void) | undefined;
}

const small = 'size-8 max-sm:size-11';

/** What can be done with a finished answer. */
export function AnswerActions({ message, siblings, onSibling, onAgain }: AnswerActionsProps) {
  return (
    <div className="-ml-2 flex flex-wrap items-center gap-0.5">
      {siblings.length > 1 && <Branches id={message.id} siblings={siblings} onSibling={onSibling} />}
      {message.text && <CopyButton text={message.text} what="answer" className={small} />}
      {message.state === 'complete' && <Feedback message={message} className={small} />}
      {onAgain && (
        <Tooltip label="Another answer">
          <Button variant="ghost" size="icon" aria-label="Another answer" onClick={onAgain} className={small}>
            <RotateCcw aria-hidden="true" />
          </Button>
        </Tooltip>
      )}
    </div>
  );
}

/** Goes through the answers to one message. */
function Branches({
  id,
  siblings,
  onSibling,
}: {
  id: string;
  siblings: string[];
  onSibling: (id: string) => void;
}) {
  const at = siblings.indexOf(id);
  const to = (index: number) => {
    const sibling = siblings[index];
    if (sibling) onSibling(sibling);
  };
  return (
    <fieldset aria-label="Answers to this message" className="flex items-center">
      <Button
        variant="ghost"
        size="icon"
        aria-label="Answer before"
        disabled={at <= 0}
        onClick={() => to(at - 1)}
        className={small}
      >
        <ChevronLeft aria-hidden="true" />
      </Button>
      <span className="figures text-muted text-xs">
        <span className="sr-only">Answer </span>
        {at + 1}/{siblings.length}
      </span>
      <Button
        variant="ghost"
        size="icon"
        aria-label="Answer after"
        disabled={at >= siblings.length - 1}
        onClick={() => to(at + 1)}
        className={small}
      >
        <ChevronRight aria-hidden="true" />
      </Button>
    </fieldset>
  );
}
