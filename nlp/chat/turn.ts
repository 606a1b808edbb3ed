import type { Citation, Message, Outcome } from '#contracts';

/** What was said before: a customer's message and what became of it. */
export interface PastTurn {
  question: string;
  answer: string;
  /** Null when nobody answered, or the answer was cut off. */
  outcome: Outcome | null;
  citations: Pick<Citation, 'sourceId' | 'title'>[];
  choices: Message['choices'];
  /** The customer said that the answer was of no use. */
  disliked: boolean;
}

/** A customer's message to be answered. */
export interface Turn {
  message: string;
  /** Two letters. */
  language: string;
  /** Oldest first. */
  past: PastTurn[];
  /** Passages that earlier answers to this very message rested on, when it is answered anew. */
  tried: string[];
  /** Nobody of the company follows: the bot cannot fetch a person and must not say so. */
  alone?: boolean;
}
