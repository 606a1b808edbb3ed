import type { ConversationFacts, FactMissing, TurnQuote } from '#contracts';
import { Badge } from '../../../ui/badge.tsx';
import { formatSigned } from '../../../ui/format.ts';

/** Why there is nothing to show, for people. */
const reasons: Record<FactMissing, string> = {
  'unknown-roles': 'The names do not say who the customer is. Name them in the options.',
  'no-customer-turn': 'The customer says nothing.',
  'no-agent-turn': 'Nobody but the customer says anything.',
  'no-issue-said': 'The customer does not say what it is about.',
  'nothing-done': 'Nobody says that something was done.',
  'no-outcome-said': 'Nobody says how it ended.',
  'nothing-promised': 'Nothing was promised or asked for.',
  'too-short': 'The customer has too few turns to tell.',
};

const names: Record<keyof ConversationFacts, string> = {
  issue: 'Issue',
  done: 'Done',
  outcome: 'Outcome',
  nextAction: 'Next',
  sentimentShift: 'Mood',
};

/** What came of a conversation: each fact in the words of the turns it rests on, or why there is none. */
export function Conversation({ facts }: { facts: ConversationFacts }) {
  return (
    <section className="border-line border-t p-4 sm:p-5">
      <h3 className="mb-2 font-semibold">What came of it</h3>
      <dl className="divide-y divide-line">
        {(Object.keys(names) as (keyof ConversationFacts)[]).map((name) => (
          <div
            key={name}
            className="grid grid-cols-1 gap-x-4 gap-y-1 py-2.5 sm:grid-cols-[6rem_minmax(0,1fr)]"
          >
            <dt className="font-medium text-muted">{names[name]}</dt>
            <dd className="space-y-1.5">
              <Fact facts={facts} name={name} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Fact({ facts, name }: { facts: ConversationFacts; name: keyof ConversationFacts }) {
  const fact = facts[name];
  if ('reason' in fact) return <p className="text-faint">{reasons[fact.reason]}</p>;
  return (
    <>
      {'resolved' in fact && (
        <Badge tone={fact.resolved ? 'good' : 'warning'}>{fact.resolved ? 'Resolved' : 'Not resolved'}</Badge>
      )}
      {'change' in fact && (
        <p className="flex flex-wrap items-center gap-2">
          <Badge
            tone={{ better: 'good', same: 'plain', worse: 'bad' }[fact.change] as 'good' | 'plain' | 'bad'}
          >
            {{ better: 'Better', same: 'The same', worse: 'Worse' }[fact.change]}
          </Badge>
          <span className="figures text-muted">
            {formatSigned(fact.first)} to {formatSigned(fact.last)}
          </span>
        </p>
      )}
      {fact.turns.map((quote) => (
        <Quote key={quote.start} quote={quote} />
      ))}
    </>
  );
}

function Quote({ quote: { turn, speaker, text } }: { quote: TurnQuote }) {
  return (
    <blockquote dir="auto" className="break-words">
      {text}{' '}
      <cite className="whitespace-nowrap text-faint text-xs not-italic">
        {speaker}, turn {turn + 1}
      </cite>
    </blockquote>
  );
}
