import { Bot, CircleCheckBig, Hourglass, type LucideIcon, RotateCcw, UserRound } from 'lucide-react';
import { ClockTime } from '../ui/time.tsx';
import type { Line } from './thread.ts';

const looks: Record<Line['kind'], { icon: LucideIcon; text: string }> = {
  waiting: { icon: Hourglass, text: 'A person was asked for' },
  joined: { icon: UserRound, text: 'A person has joined' },
  bot: { icon: Bot, text: 'The assistant answers again' },
  closed: { icon: CircleCheckBig, text: 'This conversation was closed. Write to go on with it.' },
  reopened: { icon: RotateCcw, text: 'This conversation was opened again' },
};

/** Something that happened between the messages. */
export function EventLine({ line }: { line: Line }) {
  const { icon: Icon, text } = looks[line.kind];
  return (
    <li
      data-key={`line-${line.seq}`}
      className="flex items-center justify-center gap-2 text-center text-faint text-xs"
    >
      <Icon className="size-3.5 shrink-0" aria-hidden="true" />
      {text} <ClockTime at={line.at} />
    </li>
  );
}
