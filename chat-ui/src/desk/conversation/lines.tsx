import {
  ArrowLeftRight,
  CalendarDays,
  Eraser,
  HandHelping,
  type LucideIcon,
  MessageCircle,
  StickyNote,
} from 'lucide-react';
import { formatDay, formatLanguage } from '../../ui/format.ts';
import { ClockTime } from '../../ui/time.tsx';
import { type LineItem, type NoteItem, ownerLine } from '../items.ts';

/** For colleagues only, and unlike anything a customer sees. */
export function Note({ item, me }: { item: NoteItem; me: string }) {
  return (
    <li data-key={item.id} className="mx-auto w-full max-w-[40rem]">
      <div className="rounded-xl border border-warning/40 border-dashed bg-warning-soft px-4 py-2.5">
        <p className="mb-0.5 flex flex-wrap items-center gap-x-2 text-warning text-xs">
          <StickyNote className="size-3.5" aria-hidden="true" />
          <span className="font-semibold">Note by {item.authorId === me ? 'you' : item.authorName}</span>
          <span>only colleagues see it</span>
          <span className="ml-auto">
            <ClockTime at={item.at} />
          </span>
        </p>
        <p className="whitespace-pre-wrap break-words">{item.text}</p>
      </div>
    </li>
  );
}

const icons: Record<LineItem['kind'], LucideIcon> = {
  opened: MessageCircle,
  owner: ArrowLeftRight,
  offered: HandHelping,
  erased: Eraser,
};

/** Something that happened between the messages. */
export function Line({ item, name }: { item: LineItem; name: (id: string) => string }) {
  const Icon = icons[item.kind];
  return (
    <li
      data-key={`line-${item.seq}`}
      className="flex items-center justify-center gap-2 text-center text-faint text-xs"
    >
      <Icon className="size-3.5 shrink-0" aria-hidden="true" />
      <span className="min-w-0 break-words">{wordsOf(item, name)}</span>
      <ClockTime at={item.at} />
    </li>
  );
}

function wordsOf(item: LineItem, name: (id: string) => string): string {
  if (item.kind === 'opened') return `Began in ${formatLanguage(item.reason)}`;
  if (item.kind === 'erased') return 'Something was erased here';
  if (item.kind === 'offered') return `The bot offered a person: ${item.reason}`;
  return ownerLine(item, name);
}

export function Day({ at }: { at: string }) {
  return (
    <li className="flex items-center gap-3 text-faint text-xs" aria-label={formatDay(at)}>
      <span className="h-px grow bg-line" />
      <CalendarDays className="size-3.5" aria-hidden="true" />
      <span aria-hidden="true">{formatDay(at)}</span>
      <span className="h-px grow bg-line" />
    </li>
  );
}
