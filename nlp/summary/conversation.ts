import { type ConversationFacts, ParlanceError, type SummariesOptions } from '#contracts';
import type { Span } from '../text/segment.ts';
import { factsOf } from './facts.ts';
import { type ScoredTurn, shiftOf } from './shift.ts';
import { type Role, rolesOf, speaksAs, type Turn, turnsOf } from './transcript.ts';
import { unitsOf } from './units.ts';

/** A transcript, cut into turns and these into sentences. */
export interface Transcript {
  turns: Turn[];
  roles: Map<string, Role> | undefined;
  /** The sentences with the number of their turn; offsets into the whole. */
  sentences: (Span & { turn: number })[];
}

/** @throws ParlanceError `invalid_input` at `pointer` for a text without speakers, and for a customer who is none of them */
export function readTranscript(text: string, { customer }: SummariesOptions, pointer = '/input'): Transcript {
  const turns = turnsOf(text);
  if (turns.length === 0) {
    const detail =
      'No line begins with a speaker. Write each turn on a line of its own, as `Customer: …`, or ask for the kind `text`.';
    throw ParlanceError.field(pointer, detail);
  }
  if (customer !== undefined && !speaksAs(turns, customer)) {
    const speakers = [...new Set(turns.map(({ speaker }) => speaker))].slice(0, 10).join(', ');
    throw ParlanceError.field(
      '/options/customer',
      `${customer} says nothing here. Those who do are ${speakers}.`,
    );
  }
  const sentences = turns.flatMap(({ start, end }, turn) =>
    unitsOf(text.slice(start, end)).map((span) => ({
      start: start + span.start,
      end: start + span.end,
      turn,
    })),
  );
  return { turns, roles: rolesOf(text, turns, customer), sentences };
}

/**
 * What came of a conversation.
 * @param salience of each sentence of the transcript, from 0 to 1
 * @param score gives a sentiment from −5 to +5 for each text
 */
export async function conversationFacts(
  text: string,
  { turns, roles, sentences }: Transcript,
  salience: readonly number[],
  score: (texts: string[]) => Promise<number[]>,
): Promise<ConversationFacts> {
  const said = sentences.map((span, at) => ({
    ...span,
    text: text.slice(span.start, span.end),
    salience: salience[at] as number,
  }));
  if (!roles) return { ...factsOf(turns, said, roles), sentimentShift: { reason: 'unknown-roles' } };
  const quotes = turns
    .map(({ speaker, start, end }, turn) => ({ turn, speaker, text: text.slice(start, end), start, end }))
    .filter(({ speaker }) => roles.get(speaker) === 'customer');
  const scores = quotes.length > 1 ? await score(quotes.map((quote) => quote.text)) : [];
  const scored = quotes.map((quote, at): ScoredTurn => ({ quote, score: scores[at] ?? 0 }));
  return { ...factsOf(turns, said, roles), sentimentShift: shiftOf(scored) };
}
