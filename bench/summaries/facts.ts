import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { ConversationFacts } from '#contracts';
import { proportion } from '#eval';
import type { Services } from '#services';

/** A dialogue with what its annotators say each turn does (Rastogi et al. 2020, CC BY-SA 4.0). */
export interface Dialogue {
  text: string;
  acts: Set<string>[];
}

interface Annotated {
  turns: { speaker: 'USER' | 'SYSTEM'; utterance: string; frames: { actions: { act: string }[] }[] }[];
}

/** Undefined, and said so, where the data are not there. */
export function dialogues(name: string): Dialogue[] | undefined {
  const file = join(
    import.meta.dirname,
    '..',
    '..',
    '..',
    'shared',
    'data',
    'support',
    `schema-guided.${name}.json.gz`,
  );
  if (!existsSync(file)) {
    console.warn(
      `Facts of conversations are not measured: ../shared/data/support/schema-guided.${name}.json.gz is not there.`,
    );
    return undefined;
  }
  const rows = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as Annotated[];
  return rows.map(({ turns }) => ({
    text: turns
      .map(({ speaker, utterance }) => `${speaker === 'USER' ? 'Customer' : 'Agent'}: ${utterance}`)
      .join('\n'),
    acts: turns.map(({ frames }) => new Set(frames.flatMap(({ actions }) => actions.map(({ act }) => act)))),
  }));
}

/**
 * Whether the issue is quoted from a turn that states an intent; and, where the last attempt is annotated as one that
 * succeeded or failed, whether the outcome says so, and whether what is said to be done rests on a turn of success.
 */
export async function measureFacts({ inference }: Services, all: Dialogue[]) {
  const caller = { tenant: 'default', lane: 'interactive', timeoutMs: 600_000 } as const;
  const marks = { issue: [] as boolean[], outcome: [] as boolean[], done: [] as boolean[] };
  for (const { text, acts } of all) {
    const request = { input: text, options: { kind: 'conversation' } };
    const answer = await inference.tasks.run('summaries', request, caller);
    const facts = (answer as { result: { conversation: ConversationFacts } }).result.conversation;
    const has = (turn: number | undefined, act: string) =>
      turn !== undefined && acts[turn]?.has(act) === true;
    if (acts.some((each) => each.has('INFORM_INTENT')))
      marks.issue.push(has(turnsOf(facts.issue)[0], 'INFORM_INTENT'));
    const last = acts.findLast((each) => each.has('NOTIFY_SUCCESS') || each.has('NOTIFY_FAILURE'));
    if (!last) continue;
    const success = last.has('NOTIFY_SUCCESS');
    marks.outcome.push('resolved' in facts.outcome && facts.outcome.resolved === success);
    if (success) marks.done.push(turnsOf(facts.done).some((turn) => has(turn, 'NOTIFY_SUCCESS')));
  }
  const share = (right: boolean[]) => proportion(right.filter(Boolean).length, right.length);
  return {
    dialogues: all.length,
    issueFromATurnOfIntent: share(marks.issue),
    outcomeAsAnnotated: share(marks.outcome),
    doneFromATurnOfSuccess: share(marks.done),
  };
}

const turnsOf = (fact: ConversationFacts['issue']) =>
  'turns' in fact ? fact.turns.map(({ turn }) => turn) : [];
