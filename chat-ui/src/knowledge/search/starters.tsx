import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Panel } from '../../ui/panel.tsx';
import { gapsQuery, intentsQuery } from '../queries.ts';

const most = 5;

/** Questions to begin with, in the words of those who asked or may ask. */
export function Starters({ onPick }: { onPick: (question: string) => void }) {
  const gaps = useQuery(gapsQuery).data ?? [];
  const intents = useQuery(intentsQuery).data ?? [];
  const examples = intents
    .filter((intent) => intent.action.kind === 'answer')
    .flatMap((intent) => Object.values(intent.examples)[0]?.[0] ?? []);
  const questions = [...gaps.slice(0, 2).map((gap) => gap.question), ...examples].slice(0, most);
  return (
    <Panel>
      <EmptyState
        icon={Search}
        title="What would the bot find?"
        action={questions.map((question) => (
          <button
            key={question}
            type="button"
            onClick={() => onPick(question)}
            className="max-w-full rounded-full border border-line bg-surface px-3.5 py-1.5 text-left text-muted hover:border-line-strong hover:text-ink"
          >
            {question}
          </button>
        ))}
      >
        Ask as a customer would. You see each passage that is found, why, and whether it is enough for an
        answer.
      </EmptyState>
    </Panel>
  );
}
