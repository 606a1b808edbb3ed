import type { Logger } from 'pino';
import type { SentimentResult, TaskResponse, TurnSentiment } from '#contracts';
import type { TaskRunner } from '#inference';
import { fallsSharply, handoffReasons } from '#nlp';
import type { Change, Ledger } from '../conversations/ledger.ts';
import { wasOffered } from './offers.ts';

/** A message whose mood is to be told. */
export interface Scored {
  tenant: string;
  conversationId: string;
  messageId: string;
  text: string;
}

export interface ScoringParts {
  tasks: Pick<TaskRunner, 'run'>;
  ledger: Ledger;
  log: Pick<Logger, 'debug'>;
}

export interface Scoring {
  /** Settles when the label is told, or could not be found. */
  labelled: Promise<void>;
  /** Settles when the reason is told too. */
  explained: Promise<void>;
}

const actor = { kind: 'system', id: 'sentiment' } as const;
const labelTimeoutMs = 10_000;
const reasonTimeoutMs = 60_000;

/**
 * Tells the mood of a message as soon as it is known, and when it is not neutral then, in a second fact, the spans that carried
 * it: finding those takes dozens of forward passes, which yield to whoever waits for an answer. Offers a person when the
 * mood has fallen sharply. `onMood` hears each fact once it is written. Never rejects: a message without a label is better
 * than none.
 */
export function scoreMessage(
  scored: Scored,
  { tasks, ledger, log }: ScoringParts,
  onMood: (sentiment: TurnSentiment, offer: string | null) => void,
): Scoring {
  const { tenant, conversationId, messageId, text } = scored;
  const run = async (lane: 'interactive' | 'batch', timeoutMs: number) => {
    const options = { explain: lane === 'batch' };
    const answer = await tasks.run('sentiment', { input: text, options }, { tenant, lane, timeoutMs });
    const { label, score, probabilities, spans } = (answer as TaskResponse<SentimentResult>).result;
    const sentiment = { label, score, probabilities, ...(spans && { spans }) };
    const offer = await ledger.change({ tenant, customer: null }, conversationId, async (change) => {
      await change.add(actor, 'message-scored', { messageId, sentiment });
      return await offerForMood(change);
    });
    onMood(sentiment, offer);
    return sentiment;
  };
  const missed = (error: unknown) => log.debug({ err: error, conversationId }, 'a message was not scored');
  const first = run('interactive', labelTimeoutMs);
  return {
    labelled: first.then(() => {}, missed),
    explained: first
      .then(async ({ label }) => {
        if (label !== 'neutral') await run('batch', reasonTimeoutMs);
      })
      .catch(() => {}),
  };
}

/** Once a conversation: whoever did not want one is not asked at every word. */
async function offerForMood(change: Change): Promise<string | null> {
  const { row, tx } = change;
  const reason = handoffReasons.mood;
  if (row.ownerKind !== 'bot' || !fallsSharply(row.trend)) return null;
  if (await wasOffered(tx, row.id, reason)) return null;
  await change.add(actor, 'handoff-offered', { reason });
  return reason;
}
