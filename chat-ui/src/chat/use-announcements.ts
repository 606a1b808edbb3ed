import { useEffect, useRef } from 'react';
import type { Message } from '#contracts';
import { announce } from '../ui/announcer.tsx';
import { nameOf } from './thread.ts';

/** Says that an answer begins and what it is once it is whole: word by word it could not be listened to. */
export function useAnnouncements(messages: readonly Message[] | undefined): void {
  const told = useRef<Map<string, Message['state']>>(undefined);
  useEffect(() => {
    if (!messages) return;
    // What was there when the page came is for reading.
    const before = told.current;
    told.current = new Map(messages.map((message) => [message.id, message.state]));
    if (!before) return;
    for (const { id, author, authorName, state, text } of messages) {
      if (author === 'customer' || before.get(id) === state) continue;
      if (state === 'streaming') announce('The assistant is answering.');
      else if (state === 'complete') announce(`${author === 'bot' ? 'Answer' : nameOf(authorName)}: ${text}`);
      else announce('The answer ended early.');
    }
  }, [messages]);
}
