import { Bot } from 'lucide-react';
import type { Citation } from '#contracts';
import { Answer } from './answer.tsx';
import type { Entry } from './entries.ts';
import { EventLine } from './event-line.tsx';
import { OwnMessage } from './own-message.tsx';
import { Thinking } from './thinking.tsx';

interface EntryListProps {
  entries: Entry[];
  language: string;
  onChoose: (label: string) => void;
  onSibling: (parentId: string, id: string) => void;
  /** Undefined while another answer cannot be had. */
  onAgain: ((id: string) => void) | undefined;
  onCite: (citation: Citation, quotes: string[]) => void;
  onPerson: (() => void) | undefined;
}

/** A conversation from top to bottom. */
export function EntryList({ entries, language, onSibling, onAgain, ...rest }: EntryListProps) {
  const last = entries.at(-1);
  return (
    <ol aria-label="Conversation" className="space-y-5">
      {entries.map((entry) => {
        if (entry.kind === 'line') return <EventLine key={entry.key} line={entry.line} />;
        if (entry.kind === 'thinking') return <ThinkingRow key={entry.key} />;
        if (entry.kind === 'outgoing') {
          const { id, text, at } = entry.outgoing;
          return <OwnMessage key={entry.key} id={id} text={text} at={at} outgoing={entry.outgoing} />;
        }
        const { message, siblings } = entry;
        if (message.author === 'customer') {
          return <OwnMessage key={entry.key} id={message.id} text={message.text} at={message.createdAt} />;
        }
        return (
          <Answer
            // An answer keeps its place while one goes through its siblings.
            key={siblings[0]}
            message={message}
            siblings={siblings}
            language={language}
            latest={entry === last}
            onSibling={(id) => onSibling(message.parentId ?? '', id)}
            onAgain={onAgain && (() => onAgain(message.id))}
            {...rest}
          />
        );
      })}
    </ol>
  );
}

function ThinkingRow() {
  return (
    <li className="flex gap-3">
      <span className="grid size-8 shrink-0 place-items-center rounded-full bg-accent text-accent-ink forced-colors:border">
        <Bot className="size-[1.125rem]" aria-hidden="true" />
      </span>
      <div className="min-h-16 pt-0.5">
        <Thinking />
      </div>
    </li>
  );
}
