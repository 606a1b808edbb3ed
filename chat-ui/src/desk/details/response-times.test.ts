import { expect, it } from 'vitest';
import type { MessageItem } from '../items.ts';
import { responseTimes } from './response-times.ts';

const said = (
  author: MessageItem['author'],
  second: number,
  change: Partial<MessageItem> = {},
): MessageItem => ({
  kind: 'message',
  id: String(second),
  seq: second,
  at: new Date(second * 1000).toISOString(),
  author,
  authorId: author,
  authorName: null,
  questionId: null,
  text: 'x',
  state: 'complete',
  sentiment: null,
  outcome: null,
  citations: [],
  choices: [],
  feedback: null,
  again: 0,
  ...change,
});

it('has a first reply by a person where the bot had answered before', () => {
  const times = responseTimes([said('customer', 0), said('bot', 1), said('agent', 5), said('agent', 9)]);
  expect(times).toEqual({ firstByPerson: 5_000, longest: 1_000, turns: 1 });
});

it('waits from the first unanswered turn, whoever answers', () => {
  const times = responseTimes([
    said('customer', 0),
    said('bot', 1),
    said('customer', 10),
    said('customer', 15),
    said('agent', 50),
    said('customer', 60),
    said('agent', 61),
    said('customer', 70),
  ]);
  expect(times).toEqual({ firstByPerson: 40_000, longest: 40_000, turns: 5 });
});

it('counts nothing that was not answered', () => {
  expect(responseTimes([said('customer', 0), said('bot', 5, { state: 'streaming' })])).toEqual({
    firstByPerson: null,
    longest: null,
    turns: 1,
  });
});
