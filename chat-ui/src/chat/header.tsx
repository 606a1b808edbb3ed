import { Bot, CircleCheckBig, Headset, Hourglass, PanelLeft, SquarePen, UserRound } from 'lucide-react';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { formatLanguage } from '../ui/format.ts';
import { useNow } from '../ui/now.ts';
import { Tooltip } from '../ui/tooltip.tsx';
import type { Answering } from './thread.ts';

interface HeaderProps {
  answering: Answering;
  language: string;
  onPerson: () => void;
  asking: boolean;
  onNew: () => void;
  onHistory: () => void;
}

/** Who answers now, and the way to a person. */
export function Header({ answering, language, onPerson, asking, onNew, onHistory }: HeaderProps) {
  const withPeople = answering.kind === 'waiting' || answering.kind === 'person';
  return (
    <header className="flex items-center gap-2 border-line border-b bg-surface px-2 py-2 sm:px-4">
      <Button
        variant="ghost"
        size="icon"
        aria-label="Your conversations"
        onClick={onHistory}
        className="max-sm:size-11 @3xl:hidden"
      >
        <PanelLeft aria-hidden="true" />
      </Button>
      <Who answering={answering} />
      <Badge className="hidden sm:inline-flex">
        <span className="sr-only">Language: </span>
        {formatLanguage(language)}
      </Badge>
      <Button size="small" disabled={withPeople || asking} onClick={onPerson} className="ml-auto max-sm:h-11">
        <Headset aria-hidden="true" />
        Talk to a person
      </Button>
      <Tooltip label="New conversation">
        <Button
          variant="ghost"
          size="icon"
          aria-label="New conversation"
          onClick={onNew}
          className="max-sm:size-11 @3xl:hidden"
        >
          <SquarePen aria-hidden="true" />
        </Button>
      </Tooltip>
    </header>
  );
}

const looks = {
  bot: { icon: Bot, tone: 'bg-accent text-accent-ink' },
  waiting: { icon: Hourglass, tone: 'bg-warning-soft text-warning' },
  person: { icon: UserRound, tone: 'bg-positive-soft text-positive' },
  closed: { icon: CircleCheckBig, tone: 'bg-neutral-soft text-neutral' },
};

function Who({ answering }: { answering: Answering }) {
  const { icon: Icon, tone } = looks[answering.kind];
  return (
    <div className="flex min-w-0 items-center gap-2.5">
      <span
        aria-hidden="true"
        className={cx(
          'hidden size-9 shrink-0 place-items-center rounded-full sm:grid forced-colors:border',
          tone,
        )}
      >
        <Icon className="size-[1.125rem]" />
      </span>
      <div className="min-w-0">
        <p className="truncate font-semibold leading-5">{titleOf(answering)}</p>
        <p className={cx('truncate text-faint text-xs', answering.kind !== 'waiting' && 'max-sm:hidden')}>
          {answering.kind === 'waiting' ? <Waiting since={answering.since} /> : lines[answering.kind]}
        </p>
      </div>
    </div>
  );
}

const lines = {
  bot: 'Answers from our articles',
  person: 'Answers you now',
  closed: 'Write to go on',
};

function titleOf(answering: Answering): string {
  if (answering.kind === 'bot') return 'Assistant';
  if (answering.kind === 'closed') return 'Closed';
  if (answering.kind === 'waiting') return 'Waiting for a person';
  return answering.name ?? 'A person';
}

function Waiting({ since }: { since: string }) {
  const seconds = Math.max(0, Math.floor((useNow() - Date.parse(since)) / 1000));
  const minutes = Math.floor(seconds / 60);
  return <span className="figures">For {minutes > 0 ? `${minutes} min` : `${seconds} s`}</span>;
}
