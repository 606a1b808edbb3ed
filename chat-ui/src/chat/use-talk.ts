import { Chat, useChat } from '@ai-sdk/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { toast } from 'sonner';
import { asParlanceError, type Message, ParlanceError } from '#contracts';
import { checkConnection, connection } from '../api/connection.ts';
import { asCustomer } from '../api/customer.ts';
import { asAnswer, asUiMessage, transport, type UiMessage } from './answer-stream.ts';
import { isSending, mark, type Outgoing, useOutgoing } from './outgoing.ts';
import type { Thread } from './thread.ts';

/** Rendering more often than this makes long answers stutter. */
const throttleMs = 50;

interface TalkSettings {
  thread: Thread | undefined;
  /** The messages on the screen, in order: what a new one goes on from. */
  shown: Message[];
  /** The events of the conversation come in. */
  live: boolean;
  /** Called when the server has a message. */
  onAccepted: () => void;
}

/** Speaking: sends what is on its way one by one, reads the answer as it is written, stops it and asks for another. */
export function useTalk(id: string, settings: TalkSettings) {
  const { thread, live } = settings;
  const latest = useRef(settings);
  latest.current = settings;
  const chat = useMemo(
    () =>
      new Chat<UiMessage>({
        id,
        transport,
        onData: (part) => {
          if (part.type !== 'data-accepted') return;
          mark(part.data.messageId, 'sent');
          latest.current.onAccepted();
        },
      }),
    [id],
  );
  const { status, messages } = useChat({ chat, experimental_throttle: throttleMs });

  const outgoing = useOutgoing(id);
  const reachable = connection.use() === 'up';
  const idle = status === 'ready' || status === 'error';
  const next = outgoing.find((each) => each.state === 'waiting');
  const ready = idle && reachable && thread !== undefined;
  // One at a time: the answer to a message is read to its end before the next one goes.
  useEffect(() => {
    if (ready && next) void deliver(chat, next, latest.current.shown);
  }, [chat, ready, next]);

  const writing = thread?.messages.findLast((message) => message.state === 'streaming')?.id;
  useEffect(() => {
    if (!writing || !live) return;
    const busy = chat.status === 'submitted' || chat.status === 'streaming';
    const state = chat.messages.find((message) => message.id === writing)?.metadata?.state;
    // Begun on another device, or before this page was loaded.
    if (!busy && (state === undefined || state === 'streaming')) void chat.resumeStream();
  }, [chat, writing, live]);

  const streamed = messages.findLast((message) => message.role === 'assistant' && message.parts.length > 0);
  const known = thread?.messages.find((message) => message.id === streamed?.id);
  const [stopping, setStopping] = useState(false);
  return {
    outgoing,
    /** An answer is asked for and not at its end. */
    busy: !idle,
    /** The answer as far as it was written, while the log does not have all of it. */
    answer: streamed && (!known || known.state === 'streaming') ? asAnswer(streamed, id) : undefined,
    stopping,
    async stop() {
      setStopping(true);
      await asCustomer(({ conversations }) => conversations.stop(id)).catch(tell);
      setStopping(false);
    },
    /** Asks for another answer beside this one. */
    async again(answerId: string) {
      // The page may have read an answer to its end before the log has told of it.
      const before = latest.current.shown.filter((each) => each.id !== answerId);
      chat.messages = [...before, { id: answerId, author: 'bot' as const }].map(asUiMessage);
      await chat.regenerate({ messageId: answerId });
      if (chat.status === 'error') tell(chat.error);
    },
  };
}

const tell = (error: unknown) => void toast.error(asParlanceError(error).message);

async function deliver(chat: Chat<UiMessage>, { id, text }: Outgoing, shown: Message[]): Promise<void> {
  mark(id, 'sending');
  chat.messages = shown.map(asUiMessage);
  await chat.sendMessage({ id, role: 'user', parts: [{ type: 'text', text }] });
  // An answer that breaks off later is another matter: the message has arrived.
  if (!isSending(id)) return;
  if (chat.error instanceof ParlanceError) return mark(id, 'failed', chat.error.message);
  const gone = (await checkConnection()) === 'down';
  mark(id, gone ? 'waiting' : 'failed', 'The connection broke off.');
}
