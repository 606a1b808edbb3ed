import { languageOf } from './language.ts';
import { type AnswerPart, type ChatTools, respond } from './respond.ts';
import type { PastTurn, Turn } from './turn.ts';

/** What was said, as a client tells it that keeps the conversation itself. */
export interface Said {
  by: 'customer' | 'bot';
  text: string;
}

/** Turns that are looked back on: the topic of a conversation is looked for no further. */
const turnsBack = 3;

/**
 * The turn that the last message opens, for a conversation of which nothing is kept but what was said. What became of the
 * turns before it, and what they cited, is found by answering them again: where the answer begins as the one that was
 * given, it is that one; any other says nothing. Nobody of the company follows such a conversation, so the turn is `alone`.
 * @param said oldest first; the last by the customer
 * @param language two letters, for messages that show none
 */
export async function recall(said: readonly Said[], language: string, tools: ChatTools): Promise<Turn> {
  const turns = turnsOf(said);
  const message = turns.pop()?.question ?? '';
  const past: PastTurn[] = [];
  let known = language;
  for (const { question, answer } of turns.slice(-turnsBack)) {
    known = languageOf(question, known);
    const turn: Turn = { message: question, language: known, past: [...past], tried: [], alone: true };
    past.push(await relive(turn, answer, tools));
  }
  return { message, language: languageOf(message, known), past, tried: [], alone: true };
}

/** Each message of the customer with what the bot said after it. */
function turnsOf(said: readonly Said[]): { question: string; answer: string }[] {
  const turns: { question: string; answer: string }[] = [];
  for (const { by, text } of said) {
    const open = turns.at(-1);
    if (by === 'customer') turns.push({ question: text, answer: '' });
    else if (open) open.answer += text;
  }
  return turns;
}

async function relive(turn: Turn, answer: string, tools: ChatTools): Promise<PastTurn> {
  const unknown = {
    question: turn.message,
    answer,
    outcome: null,
    citations: [],
    choices: [],
    disliked: false,
  };
  if (answer.trim() === '' || turn.message.trim() === '') return unknown;
  const parts: AnswerPart[] = [];
  for await (const part of respond(turn, tools)) parts.push(part);
  const text = parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
  const end = parts.find((part) => part.type === 'end');
  if (!end || !text.startsWith(answer.trim())) return unknown;
  const choices = parts.flatMap((part) => (part.type === 'choices' ? part.choices : []));
  return { ...unknown, outcome: end.outcome, citations: end.citations, choices };
}
