import { asParlanceError, type ChatChunk } from '#contracts';
import type { AnswerPart, Unanswered } from '#nlp';
import type { Ledger } from '../conversations/ledger.ts';
import type { Database } from '../db/database.ts';
import { type Ending, endAnswer } from './answer-end.ts';
import { chunksOfPart, cutChunks, textId } from './chunks.ts';
import type { Cut, Generation } from './generation.ts';
import { keepRow } from './generation-rows.ts';

const flushMs = 200;
const heartbeatMs = 10_000;

export interface Writing {
  generation: Generation;
  /** The message that is answered. */
  parentId: string;
  /** `performance.now()` when that message came. */
  since: number;
  parts: AsyncIterable<AnswerPart>;
  /** Settles when the message's mood has been told, which the stream does not end before. */
  scored: Promise<void>;
}

export interface WriterParts {
  database: Database;
  ledger: Ledger;
  /** Awaited between two pieces; tests hold answers with it. */
  pace?: (() => Promise<void>) | undefined;
  failed(error: unknown): void;
}

/**
 * Writes an answer to its end, whoever reads it: pieces go to its readers at once and to the database at most 200 ms later.
 * Answers the question that found nothing, if that is how it went.
 */
export async function writeAnswer(writing: Writing, parts: WriterParts): Promise<Unanswered | null> {
  const { generation, parentId, since } = writing;
  const ending: Ending = {
    parentId,
    state: 'complete',
    text: '',
    outcome: null,
    citations: [],
    choices: [],
    handoff: null,
  };
  const keeper = keepAlive(generation, parts);
  let gap: Unanswered | null = null;
  let firstWordsMs = 0;
  let problem: string | undefined;
  try {
    for await (const part of until(generation.cut.signal, paced(writing.parts, parts.pace))) {
      if (part.type === 'end') {
        ending.outcome = part.outcome;
        ending.citations = part.citations;
        gap = part.gap;
        continue;
      }
      if (part.type === 'choices') ending.choices = part.choices;
      if (part.type === 'handoff') ending.handoff = part;
      if (part.type === 'text') {
        firstWordsMs ||= performance.now() - since;
        if (ending.text === '') generation.push({ type: 'text-start', id: textId });
        ending.text += part.text;
      }
      if (part.type === 'choices' || part.type === 'handoff') closeText(generation, ending);
      generation.push(...chunksOfPart(part));
    }
  } catch (error) {
    ending.state = 'interrupted';
    problem = asParlanceError(error).message;
    parts.failed(error);
  }
  const { aborted, reason } = generation.cut.signal;
  if (aborted) ending.state = reason === 'stopped' ? 'stopped' : 'interrupted';
  const flushed = await keeper.stop();
  const state = await endAnswer(parts.ledger, generation, ending, flushed).catch((error) => {
    parts.failed(error);
    return null;
  });
  await writing.scored;
  closeText(generation, ending);
  generation.push(...lastChunks());
  generation.end();
  return state === 'complete' ? gap : null;

  function lastChunks(): ChatChunk[] {
    const { outcome, citations } = ending;
    if (state === 'complete') {
      const totalMs = performance.now() - since;
      const data = {
        inputTokens: 0,
        outputTokens: 0,
        firstWordsMs: round(firstWordsMs),
        totalMs: round(totalMs),
      };
      const messageMetadata = { parentId, state, outcome, citations };
      return [
        { type: 'data-usage', id: 'usage', data },
        { type: 'finish', finishReason: 'stop', messageMetadata },
      ];
    }
    const cut = { parentId, state: state ?? 'interrupted', outcome: null, citations: [] };
    const cause = aborted && reason !== 'lost' ? (reason as Cut) : state === null ? 'lost' : 'taken';
    if (problem === undefined) return cutChunks(cut, cause);
    const errorText = `The answer broke off: ${problem} Have it written again, or ask for a person.`;
    return [
      { type: 'message-metadata', messageMetadata: cut },
      { type: 'error', errorText },
    ];
  }
}

const round = (ms: number) => Math.round(ms * 10) / 10;

/** The text part ends once, before what comes after it. */
function closeText(generation: Generation, ending: Ending): void {
  const ended = generation.chunks.some(({ type }) => type === 'text-end');
  if (ending.text !== '' && !ended) generation.push({ type: 'text-end', id: textId });
}

async function* paced(source: AsyncIterable<AnswerPart>, pace = async () => {}): AsyncGenerator<AnswerPart> {
  for await (const part of source) {
    yield part;
    if (part.type === 'text') await pace();
  }
}

/** What `source` yields until `signal` is aborted, which ends it at once also while it is waited for. */
async function* until<T>(signal: AbortSignal, source: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]();
  const cut = new Promise<{ done: true; value: undefined }>((resolve) => {
    const end = () => resolve({ done: true, value: undefined });
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
  for (;;) {
    const next = iterator.next();
    // What comes of it after the cut concerns nobody.
    next.catch(() => {});
    const result = await Promise.race([next, cut]);
    if (result.done || signal.aborted) return;
    yield result.value;
  }
}

/** Puts what was said into the database while it is being said; cuts the answer off when it is no longer ours. */
function keepAlive(generation: Generation, { database, failed }: WriterParts) {
  const { tenant, ...key } = generation.id;
  let written = 0;
  let seq = 0;
  let keptAt = performance.now();
  let keeping: Promise<void> | undefined;

  const keep = async () => {
    const fresh = generation.chunks.slice(written);
    if (fresh.length === 0 && performance.now() - keptAt < heartbeatMs) return;
    const held = { ...key, fence: generation.fence };
    const kept = await database.withTenant(tenant, (tx) => keepRow(tx, held, seq + 1, fresh));
    keptAt = performance.now();
    if (!kept) generation.cut.abort('lost' satisfies Cut);
    else if (fresh.length > 0) {
      written += fresh.length;
      seq++;
    }
  };
  const timer = setInterval(() => {
    keeping ??= keep()
      .catch(failed)
      .finally(() => {
        keeping = undefined;
      });
  }, flushMs);

  return {
    /** True when anything was written. */
    async stop(): Promise<boolean> {
      clearInterval(timer);
      await keeping;
      return seq > 0;
    },
  };
}
