import type { Citation, Message, Outcome } from '#contracts';

/** A conversation of which the client keeps all there is, and how it wants the next message. */
export interface AnswerRequest {
  /** Oldest first; the last is the user's, and not blank. */
  messages: { role: 'system' | 'user' | 'assistant'; text: string }[];
  /** Two letters, for messages that do not show theirs. */
  language: string;
  /** Texts before which the answer ends. */
  stop: string[];
  /** The longest answer in tokens. */
  maxTokens: number | undefined;
  /** For what writes in words of its own. */
  temperature: number | undefined;
  topP: number | undefined;
  seed: number | undefined;
}

/** What an answer rests on, and what became of the question. */
export interface Grounds {
  outcome: Outcome;
  /** `start` and `end` are places in the answer. */
  citations: Citation[];
  /** What the user may say next. */
  choices: Message['choices'];
  /** A person is needed, or was asked for: whoever holds the conversation can see to it. */
  handoff: { state: 'offered' | 'requested'; reason: string } | null;
}

/** An answer as it comes into being. `end` is last. */
export type AnswerPiece =
  | { type: 'text'; text: string }
  | {
      type: 'end';
      finish: 'stop' | 'length';
      usage: { inputTokens: number; outputTokens: number };
      grounds: Grounds | null;
    };

/** Something that answers messages without keeping anything. */
export interface Answerer {
  /** By which it is asked for. */
  id: string;
  ownedBy: string;
  /** Throws as `ChatTools` do, before the first piece or between two. */
  answer(request: AnswerRequest, caller: { tenant: string; signal: AbortSignal }): AsyncIterable<AnswerPiece>;
}
