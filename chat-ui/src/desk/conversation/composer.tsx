import { SendHorizontal, StickyNote } from 'lucide-react';
import { Tabs as Radix } from 'radix-ui';
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { maxMessageLength } from '#contracts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { TabList, Tabs } from '../../ui/tabs.tsx';
import { type DraftKind, setDraft, useDraft } from '../drafts.ts';

/** Whoever has not pressed a key for so long is not writing any more. */
const typingMs = 4_000;

interface ComposerProps {
  conversation: string;
  kind: DraftKind;
  onKind: (kind: DraftKind) => void;
  /** What sending a reply would do besides; null for nothing. */
  consequence: string | null;
  onSend: (text: string) => void;
  onTyping: (typing: boolean) => void;
  input: RefObject<HTMLTextAreaElement | null>;
}

const tabs = [
  { value: 'reply', label: 'Reply' },
  {
    value: 'note',
    label: (
      <>
        <StickyNote aria-hidden="true" /> Note
      </>
    ),
  },
];

/** Where an agent writes. What is begun is kept, for each conversation and for replies and notes apart. */
export function Composer({
  conversation,
  kind,
  onKind,
  consequence,
  onSend,
  onTyping,
  input,
}: ComposerProps) {
  const draft = useDraft(conversation, kind);
  const still = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [told, setTold] = useState(false);
  useEffect(() => () => clearTimeout(still.current), []);

  const quiet = () => {
    clearTimeout(still.current);
    setTold(false);
    onTyping(false);
  };
  const write = (text: string) => {
    setDraft(conversation, kind, text);
    clearTimeout(still.current);
    if (kind === 'note' || !text) return told ? quiet() : undefined;
    if (!told) {
      setTold(true);
      onTyping(true);
    }
    still.current = setTimeout(quiet, typingMs);
  };
  const send = () => {
    const text = draft.trim();
    if (!text) return;
    setDraft(conversation, kind, '');
    quiet();
    onSend(text);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // The Enter that ends a composed character is no Enter.
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') event.currentTarget.blur();
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    send();
  };
  const note = kind === 'note';
  return (
    <div className={cx('border-line border-t', note ? 'bg-warning-soft' : 'bg-surface')}>
      <Tabs value={kind} onChange={(value) => onKind(value as DraftKind)}>
        <div className="flex items-center justify-between gap-3 px-2.5 sm:px-4">
          <TabList label="What to write" tabs={tabs} />
          <p className="truncate text-faint text-xs">{note ? 'Only colleagues see a note' : consequence}</p>
        </div>
        <Radix.Content
          value={kind}
          tabIndex={-1}
          className="flex items-end gap-2 px-4 pb-3 outline-none sm:px-6"
        >
          <textarea
            ref={input}
            value={draft}
            onChange={({ target }) => write(target.value)}
            onKeyDown={onKeyDown}
            maxLength={maxMessageLength}
            rows={2}
            aria-label={note ? 'Note for colleagues' : 'Reply to the customer'}
            aria-keyshortcuts={note ? 'N' : 'R'}
            placeholder={note ? 'What colleagues should know…' : 'Write to the customer…'}
            className="field-sizing-content max-h-48 min-h-[3.25rem] w-full resize-none rounded-lg border border-line-strong/60 bg-surface px-3 py-2 text-base leading-6 placeholder:text-faint focus-visible:border-accent focus-visible:outline-offset-0 sm:text-sm sm:leading-6"
          />
          <Button variant="primary" className="h-11 sm:h-9" disabled={!draft.trim()} onClick={send}>
            <SendHorizontal aria-hidden="true" /> {note ? 'Save' : 'Send'}
          </Button>
        </Radix.Content>
      </Tabs>
      <p className="hidden items-center gap-1.5 px-6 pb-2.5 text-faint text-xs sm:flex">
        <Kbd>Enter</Kbd> {note ? 'saves' : 'sends'}, <Kbd>Shift</Kbd> <Kbd>Enter</Kbd> begins a line
      </p>
    </div>
  );
}
