import { Bot } from 'lucide-react';
import type { Citation, Message } from '#contracts';
import { Citations } from '../conversation/citations.tsx';
import { Avatar } from '../people/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { ClockTime } from '../ui/time.tsx';
import { AnswerActions } from './answer-actions.tsx';
import { AnswerText } from './answer-text.tsx';
import { Thinking } from './thinking.tsx';
import { nameOf } from './thread.ts';

interface AnswerProps {
  message: Message;
  siblings: string[];
  language: string;
  /** The last answer of the conversation: choices and another try make sense here alone. */
  latest: boolean;
  onChoose: (label: string) => void;
  onSibling: (id: string) => void;
  onAgain: (() => void) | undefined;
  onCite: (citation: Citation, quotes: string[]) => void;
  /** Asks for a person; undefined where people have the conversation. */
  onPerson: (() => void) | undefined;
}

/** What the bot or a person of the company wrote. */
export function Answer(props: AnswerProps) {
  const { message, language, latest, onChoose, onCite, onPerson } = props;
  const { author, authorName, state, text, citations, choices, outcome } = message;
  const bot = author === 'bot';
  const name = bot ? 'Assistant' : nameOf(authorName);
  const streaming = state === 'streaming';
  return (
    <li data-key={message.id} className="flex gap-3 pr-2 sm:pr-10">
      {bot ? (
        <span className="mt-0.5 grid size-8 shrink-0 place-items-center rounded-full bg-accent text-accent-ink forced-colors:border">
          <Bot className="size-[1.125rem]" aria-hidden="true" />
        </span>
      ) : (
        <Avatar name={name} className="mt-0.5 size-8 text-[0.6875rem]" />
      )}
      <div className="min-w-0 grow">
        <p className="mb-1 flex items-baseline gap-2 text-xs">
          <span className="font-semibold">{name}</span>
          <span className="text-faint">
            <ClockTime at={message.createdAt} />
          </span>
        </p>
        {bot ? (
          <div className="min-h-7">
            {text ? <AnswerText text={text} lang={language} /> : streaming && <Thinking />}
          </div>
        ) : (
          <p className="w-fit max-w-full whitespace-pre-wrap break-words rounded-2xl rounded-tl-md border border-line bg-surface px-4 py-2.5 leading-7 shadow-card">
            {text}
          </p>
        )}
        {state === 'stopped' && <Badge className="mt-2">You stopped this answer</Badge>}
        {state === 'interrupted' && (
          <Badge tone="warning" className="mt-2">
            This answer broke off
          </Badge>
        )}
        <div className="mt-2 empty:hidden">
          <Citations citations={citations} onOpen={onCite} />
        </div>
        {latest && choices.length > 0 && (
          <ul aria-label="What did you mean?" className="mt-3 flex flex-wrap gap-2">
            {choices.map(({ intent, label }) => (
              <li key={intent}>
                <Button
                  onClick={() => onChoose(label)}
                  className="h-auto min-h-9 whitespace-normal rounded-2xl py-1.5 text-left max-sm:min-h-11"
                >
                  {label}
                </Button>
              </li>
            ))}
          </ul>
        )}
        {latest && onPerson && (outcome === 'refused' || outcome === 'handoff') && (
          <Button variant="primary" className="mt-3 max-sm:h-11" onClick={onPerson}>
            Talk to a person
          </Button>
        )}
        {/* Its place is there while the answer is written: nothing moves when it is done. */}
        <div className="mt-1 flex min-h-9 items-center max-sm:min-h-11">
          {!streaming && bot && <AnswerActions {...props} />}
        </div>
      </div>
    </li>
  );
}
