import { z } from 'zod';
import { conversationEvents } from '#contracts';
import { meanOf } from '../metrics/metric.ts';
import type { Json } from '../run/json.ts';
import { at } from '../suite/pointer.ts';
import { unusable } from './expected.ts';
import { defineScorer } from './scorer.ts';

const eventType = z.enum(Object.keys(conversationEvents) as [keyof typeof conversationEvents]);
const pattern = {
  event: eventType,
  actor: z.enum(['customer', 'agent', 'bot', 'system']).optional(),
  /** Values at JSON pointers into the event's data. */
  where: z.record(z.string(), z.json()).optional(),
};
const assertion = z.union([
  z.strictObject({ ...pattern, times: z.number().int().min(0).optional() }),
  z.strictObject({ inOrder: z.array(z.strictObject(pattern)).min(2).max(20) }),
  z.strictObject({ never: z.strictObject(pattern), after: z.strictObject(pattern).optional() }),
  z.strictObject({ owner: z.enum(['bot', 'human', 'closed']) }),
]);
type Assertion = z.infer<typeof assertion>;
type Pattern = { event: string; actor?: string | undefined; where?: Record<string, Json> | undefined };

const log = z.object({
  events: z.array(
    z.object({
      type: z.string(),
      actor: z.object({ kind: z.string() }),
      data: z.json(),
    }),
  ),
  owner: z.string(),
});
type Log = z.infer<typeof log>;

/**
 * Whether a conversation's log is as it must be: facts that are in it (so often), in this order, that are never in it or never
 * after something, and whose it is at the end. All of it or it is wrong; the evidence names what is not so.
 */
export const eventLog = defineScorer({
  name: 'event-log',
  summary: 'Whether every assertion about a conversation’s log holds. Looks at {events, owner}.',
  options: z.strictObject({}),
  judge: (said): string[] => {
    const { data: wanted } = z.array(assertion).min(1).safeParse(said.expected);
    if (!wanted) throw unusable(said, 'a list of assertions about the log');
    const { data } = log.safeParse(said.output);
    if (!data) return ['The answer is no log of a conversation.'];
    return wanted.filter((each) => !holds(each, data)).map((each) => JSON.stringify(each));
  },
  missed: (): string[] => ['There is no answer.'],
  measure: (evidence: string[][]) =>
    meanOf(
      Float64Array.from(evidence, (broken) => Number(broken.length === 0)),
      'higher',
      'event-log|all|version:parlance-1',
    ),
  reason: (broken) => (broken.length > 0 ? `not so: ${broken.join('; ')}` : undefined),
});

function holds(wanted: Assertion, { events, owner }: Log): boolean {
  if ('owner' in wanted) return owner === wanted.owner;
  if ('inOrder' in wanted) {
    let from = 0;
    return wanted.inOrder.every((each) => {
      const found = events.findIndex((event, place) => place >= from && matches(event, each));
      from = found + 1;
      return found >= 0;
    });
  }
  if ('never' in wanted) {
    const { never, after } = wanted;
    const start = after ? events.findIndex((event) => matches(event, after)) : 0;
    return start < 0 || !events.slice(start).some((event) => matches(event, never));
  }
  const count = events.filter((event) => matches(event, wanted)).length;
  return wanted.times === undefined ? count > 0 : count === wanted.times;
}

function matches(
  { type, actor, data }: Log['events'][number],
  { event, actor: by, where = {} }: Pattern,
): boolean {
  if (type !== event || (by !== undefined && actor.kind !== by)) return false;
  return Object.entries(where).every(([pointer, value]) => {
    const found = at(data, pointer);
    return typeof found === 'string' && typeof value === 'string' ? found.includes(value) : found === value;
  });
}
