import {
  type ConversationEventData,
  type ConversationEventType,
  conversationEvents,
  type Event,
} from '#contracts';

/** An event of a conversation with its data; what was erased is none. */
export type Fact = {
  [T in ConversationEventType]: Omit<Event, 'type' | 'data'> & { type: T; data: ConversationEventData[T] };
}[ConversationEventType];

/** Null for an event that was erased, or of a kind this page does not know: an older page beside a newer server. */
export function asFact(event: Event): Fact | null {
  return event.data !== null && event.type in conversationEvents ? (event as unknown as Fact) : null;
}
