import { ArrowUp, Square } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useState } from 'react';
import { maxMessageLength } from '#contracts';
import { Button } from '../ui/button.tsx';
import { formatCount } from '../ui/format.ts';

interface ComposerProps {
  input: RefObject<HTMLTextAreaElement | null>;
  onSend: (text: string) => void;
  /** Ends the answer being written; undefined when there is none. */
  onStop: (() => void) | undefined;
  stopping: boolean;
  placeholder: string;
}

/** From here on the visitor is told how much room is left. */
const nearlyFull = maxMessageLength * 0.9;

/** Where a customer writes. */
export function Composer({ input, onSend, onStop, stopping, placeholder }: ComposerProps) {
  const [text, setText] = useState('');
  const send = () => {
    const message = text.trim();
    if (!message) return;
    setText('');
    onSend(message);
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // The Enter that ends a composed character is no Enter.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <div className="mx-auto w-full max-w-3xl px-4 pb-4 sm:px-6">
      <div className="flex items-end gap-2 rounded-2xl border border-line-strong/60 bg-surface p-2 pl-4 shadow-card focus-within:border-accent">
        <textarea
          ref={input}
          value={text}
          rows={1}
          maxLength={maxMessageLength}
          aria-label="Your message"
          placeholder={placeholder}
          onChange={({ target }) => setText(target.value)}
          onKeyDown={onKeyDown}
          className="field-sizing-content max-h-44 min-h-9 w-full resize-none bg-transparent py-1.5 text-base leading-6 outline-none placeholder:text-faint sm:text-[0.9375rem]"
        />
        {onStop && !text.trim() ? (
          <Button
            size="icon"
            aria-label="Stop the answer"
            disabled={stopping}
            onClick={onStop}
            className="rounded-xl max-sm:size-11"
          >
            <Square aria-hidden="true" className="fill-current" />
          </Button>
        ) : (
          <Button
            variant="primary"
            size="icon"
            aria-label="Send"
            disabled={!text.trim()}
            onClick={send}
            className="rounded-xl max-sm:size-11"
          >
            <ArrowUp aria-hidden="true" />
          </Button>
        )}
      </div>
      {text.length > nearlyFull && (
        <p className="figures mt-1 text-right text-faint text-xs">
          {formatCount(maxMessageLength - text.length)} characters left
        </p>
      )}
    </div>
  );
}
