import {
  Bot,
  CircleHelp,
  CircleSlash,
  Ellipsis,
  PencilLine,
  RotateCcw,
  Tag,
  ThumbsDown,
  ThumbsUp,
} from 'lucide-react';
import type { Citation } from '#contracts';
import { Citations } from '../../conversation/citations.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { MarkdownText } from '../../ui/markdown.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { ClockTime } from '../../ui/time.tsx';
import type { MessageItem } from '../items.ts';

const outcomes = {
  answered: null,
  smalltalk: null,
  refused: { icon: CircleSlash, word: 'Found no answer' },
  clarify: { icon: CircleHelp, word: 'Asked back' },
  handoff: { icon: CircleHelp, word: 'For a person' },
} as const;

interface CompanyMessageProps {
  item: MessageItem;
  me: string;
  onCite: (citation: Citation, quotes: string[]) => void;
  /** For people who review. */
  onLabel: ((item: MessageItem) => void) | undefined;
}

/** What the bot or an agent wrote. */
export function CompanyMessage({ item, me, onCite, onLabel }: CompanyMessageProps) {
  const bot = item.author === 'bot';
  const who = bot
    ? 'Bot'
    : item.author === 'system'
      ? 'Parlance'
      : item.authorId === me
        ? 'You'
        : (item.authorName ?? 'Agent');
  const outcome = item.outcome && outcomes[item.outcome];
  const label = bot && item.state !== 'streaming' ? onLabel : undefined;
  return (
    <li
      data-key={item.id}
      {...(label && { 'data-answer': item.id, tabIndex: 0 })}
      className="ml-auto flex w-fit max-w-[46rem] flex-col items-end rounded-lg pl-6 sm:pl-12"
    >
      <p className="mb-1 flex items-center gap-2 text-faint text-xs">
        {bot && <Bot className="size-3.5" aria-hidden="true" />}
        <span className="font-medium text-muted">{who}</span>
        <ClockTime at={item.at} />
        {item.again > 0 && (
          <span className="inline-flex items-center gap-1">
            <RotateCcw className="size-3" aria-hidden="true" /> asked for again
          </span>
        )}
        {label && (
          <Menu
            trigger={
              <Button variant="ghost" size="icon" aria-label="More about the answer" className="-my-2 size-8">
                <Ellipsis aria-hidden="true" />
              </Button>
            }
          >
            <MenuItem onSelect={() => label(item)}>
              <Tag aria-hidden="true" /> Make it a labelled row <Kbd>L</Kbd>
            </MenuItem>
          </Menu>
        )}
      </p>
      <div
        className={cx(
          'min-w-0 max-w-full break-words rounded-2xl rounded-tr-md border px-3.5 py-2 leading-6',
          bot ? 'border-line bg-sunken' : 'border-accent/25 bg-accent-soft',
        )}
      >
        <Body item={item} />
      </div>
      {(outcome || item.state === 'stopped' || item.state === 'interrupted' || item.citations.length > 0) && (
        <div className="mt-1.5 flex flex-wrap items-center justify-end gap-1.5">
          {outcome && (
            <Badge tone="warning">
              <outcome.icon aria-hidden="true" /> {outcome.word}
            </Badge>
          )}
          {item.state === 'stopped' && <Badge>Stopped by the customer</Badge>}
          {item.state === 'interrupted' && <Badge tone="bad">Broke off</Badge>}
          <Citations citations={item.citations} onOpen={onCite} />
        </div>
      )}
      {item.choices.length > 0 && (
        <p className="mt-1.5 text-right text-faint text-xs">Offered: {item.choices.join(' · ')}</p>
      )}
      {item.feedback && <FeedbackLine item={item} />}
    </li>
  );
}

function Body({ item }: { item: MessageItem }) {
  if (item.state === 'streaming') {
    return (
      <span className="flex items-center gap-2 text-muted">
        <PencilLine className="pulse-soft size-4" aria-hidden="true" /> writing…
      </span>
    );
  }
  if (item.text === '') return <span className="text-faint italic">Nothing was written</span>;
  if (item.author !== 'bot') return <span className="whitespace-pre-wrap">{item.text}</span>;
  return (
    <div className="[&>*:first-child]:mt-0 [&>*:last-child]:mb-0">
      <MarkdownText text={item.text} />
    </div>
  );
}

function FeedbackLine({ item: { feedback } }: { item: MessageItem }) {
  if (!feedback) return null;
  const up = feedback.vote === 'up';
  const Icon = up ? ThumbsUp : ThumbsDown;
  return (
    <p className={cx('mt-1.5 flex items-center gap-1.5 text-xs', up ? 'text-positive' : 'text-negative')}>
      <Icon className="size-3.5 shrink-0" aria-hidden="true" />
      <span>
        The customer found this {up ? 'helpful' : 'not helpful'}
        {feedback.reason && <span className="text-muted">: “{feedback.reason}”</span>}
      </span>
    </p>
  );
}
