import type { Citation, Message, Outcome } from '#contracts';
import type { Caller } from '#inference';

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
  /** How many answers, each by itself. */
  choices: number;
  /** For what writes in words of its own. */
  sampling: {
    temperature: number | undefined;
    topP: number | undefined;
    topK: number | undefined;
    repetitionPenalty: number | undefined;
    frequencyPenalty: number | undefined;
    presencePenalty: number | undefined;
    seed: number | undefined;
  };
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

/** Answers as they come into being, each told by its `choice`. `end` is last. */
export type AnswerPiece =
  | { type: 'text'; choice: number; text: string }
  | { type: 'finish'; choice: number; finish: 'stop' | 'length' }
  | {
      type: 'end';
      usage: { inputTokens: number; outputTokens: number };
      grounds: Grounds | null;
    };

/** Who asks, and what tells that they have gone. */
export type AnswerCaller = Caller & { signal: AbortSignal };

/** Something that answers messages without keeping anything. */
export interface Answerer {
  /** By which it is asked for. */
  id: string;
  ownedBy: string;
  /** Most answers to one request. */
  mostChoices: number;
  /** Most characters of the last message. */
  longestMessage: number;
  /** Throws `ParlanceError`, before the first piece or between two. */
  answer(request: AnswerRequest, caller: AnswerCaller): AsyncIterable<AnswerPiece>;
}
