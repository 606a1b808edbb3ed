import type {
  ConversationFact,
  ConversationFacts,
  ConversationOutcome,
  FactMissing,
  TurnQuote,
} from '#contracts';
import {
  type Cue,
  closing,
  done,
  issue,
  next,
  passedOn,
  resolved,
  smalltalk,
  tells,
  unresolved,
} from './cues.ts';
import type { Role, Turn } from './transcript.ts';

/** A sentence of a turn. `salience` is from 0 to 1. */
export interface Said {
  turn: number;
  start: number;
  end: number;
  text: string;
  salience: number;
}

/** Quotes that one fact may have. */
const mostQuotes = 2;
/** What counts beside the words of a sentence: how early or late it was said, and how much it says of all. */
const placeWeight = 0.6;
const salienceWeight = 0.4;
/** An issue is said first. */
const firstWeight = 5;
/** How an agent who confirms weighs beside the customer, whose word it is that something is settled. */
const agentsWord = 0.15;

/**
 * What a conversation came to, as far as its turns say it. Without roles nothing can be told.
 * @param said every sentence of every turn, in their order
 */
export function factsOf(
  turns: readonly Turn[],
  said: readonly Said[],
  roles: ReadonlyMap<string, Role> | undefined,
): Omit<ConversationFacts, 'sentimentShift'> {
  if (!roles)
    return { issue: none('unknown-roles'), done: none('unknown-roles'), ...endOf(turns, said, roles) };
  const customers = of('customer', turns, said, roles);
  const agents = of('agent', turns, said, roles);
  return {
    issue: customers.length === 0 ? none('no-customer-turn') : issueOf(turns, customers),
    done: agents.length === 0 ? none('no-agent-turn') : doneOf(turns, agents),
    ...endOf(turns, said, roles),
  };
}

/** How it ended and what comes next can be told without knowing who is who. */
function endOf(turns: readonly Turn[], said: readonly Said[], roles: ReadonlyMap<string, Role> | undefined) {
  return { outcome: outcomeOf(turns, said, roles), nextAction: nextOf(turns, said, roles) };
}

/** The first thing that the customer wants or complains of; failing that, the first that is more than a greeting. */
function issueOf(turns: readonly Turn[], customers: Said[]): ConversationFact {
  const telling = customers.filter(({ text }) => !smalltalk.test(text));
  const wanted = telling.filter(({ text }) => tells(issue, text));
  const best = highest(wanted, (each) => salienceWeight * each.salience - firstWeight * place(each, turns));
  const first = best ?? telling.find(({ text }) => text.split(/\s+/).length > 3);
  return first ? quoted(turns, [first]) : none('no-issue-said');
}

/** What the agent says was done, the latest. */
function doneOf(turns: readonly Turn[], agents: Said[]): ConversationFact {
  return latest(turns, agents, done, 'nothing-done');
}

function nextOf(
  turns: readonly Turn[],
  said: readonly Said[],
  roles: ReadonlyMap<string, Role> | undefined,
): ConversationFact {
  const late = lateOnes(turns, said);
  const agents = roles ? of('agent', turns, late, roles) : late;
  const promised = latest(turns, agents, next, 'nothing-promised');
  if ('text' in promised || !roles) return promised;
  return latest(turns, of('customer', turns, late, roles), customersNext, 'nothing-promised');
}

/** A customer's wishes are no promises. */
const customersNext: Cue = {
  says: [
    /\b(?:i|we)(?:'ll| will| am going to|'m going to) (?!have\b|need\b|take care\b)\p{Ll}+/u,
    ...next.says.slice(-1),
  ],
  not: next.not,
};

/** The last sentence that says it is settled, or that it is not; failing both, that the customer wants nothing more. */
function outcomeOf(
  turns: readonly Turn[],
  said: readonly Said[],
  roles: ReadonlyMap<string, Role> | undefined,
): ConversationOutcome {
  const late = lateOnes(turns, said);
  const isAgents = (each: Said) => roleOf(turns, each, roles) === 'agent';
  const settled = late.filter(
    (each) =>
      tells(resolved, each.text) || (isAgents(each) && tells(done, each.text) && !passedOn.test(each.text)),
  );
  const open = late.filter(({ text }) => tells(unresolved, text));
  const weight = (each: Said) => place(each, turns) - agentsWord * Number(isAgents(each));
  const [good, bad] = [highest(settled, weight), highest(open, weight)];
  const last = good && bad ? (weight(good) >= weight(bad) ? good : bad) : (good ?? bad);
  if (last) return { ...quoted(turns, [last]), resolved: last === good };
  const leave = highest(
    late.filter((each) => !isAgents(each) && tells(closing, each.text)),
    weight,
  );
  return leave ? { ...quoted(turns, [leave]), resolved: true } : none('no-outcome-said');
}

/** The second half, or all of a short conversation: what is said before is not yet how it ends. */
const lateOnes = (turns: readonly Turn[], said: readonly Said[]) =>
  said.filter((each) => turns.length < 5 || place(each, turns) >= 0.5);

/** The latest sentences with the cue, in the order they were said. */
function latest(
  turns: readonly Turn[],
  said: readonly Said[],
  cue: Cue,
  reason: FactMissing,
): ConversationFact {
  const telling = said.filter(({ text }) => tells(cue, text));
  const value = (each: Said) => placeWeight * place(each, turns) + salienceWeight * each.salience;
  const best = [...telling].sort((a, b) => value(b) - value(a)).slice(0, mostQuotes);
  return best.length > 0
    ? quoted(
        turns,
        best.sort((a, b) => a.start - b.start),
      )
    : none(reason);
}

const none = (reason: FactMissing) => ({ reason });

const roleOf = (turns: readonly Turn[], { turn }: Said, roles: ReadonlyMap<string, Role> | undefined) =>
  roles?.get(turns[turn]?.speaker ?? '');

const of = (role: Role, turns: readonly Turn[], said: readonly Said[], roles: ReadonlyMap<string, Role>) =>
  said.filter((each) => roleOf(turns, each, roles) === role);

/** Where in the conversation it was said, from 0 to 1. */
const place = ({ turn }: Said, turns: readonly Turn[]) => turn / Math.max(1, turns.length - 1);

function highest(said: readonly Said[], value: (each: Said) => number): Said | undefined {
  let best: Said | undefined;
  for (const each of said) if (!best || value(each) > value(best)) best = each;
  return best;
}

function quoted(turns: readonly Turn[], said: readonly Said[]): { text: string; turns: TurnQuote[] } {
  const quotes = said.map(({ turn, text, start, end }) => ({
    ...{ turn, speaker: turns[turn]?.speaker ?? '', text },
    ...{ start, end },
  }));
  return { text: quotes.map(({ text }) => text).join(' '), turns: quotes };
}
