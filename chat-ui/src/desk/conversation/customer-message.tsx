import { Avatar } from '../../people/avatar.tsx';
import { MarkedText } from '../../sentiment/marked-text.tsx';
import { heaviest, TurnMood } from '../../sentiment/turn-mood.tsx';
import { ClockTime } from '../../ui/time.tsx';
import type { MessageItem } from '../items.ts';

/** What a customer wrote, with how it reads and why. */
export function CustomerMessage({
  item,
  name,
  language,
}: {
  item: MessageItem;
  name: string;
  language: string;
}) {
  const { sentiment, text } = item;
  return (
    <li data-key={item.id} id={`turn-${item.id}`} className="flex max-w-[46rem] gap-3 pr-6 sm:pr-12">
      <Avatar name={name} className="mt-5 size-8 text-[0.6875rem]" />
      <div className="min-w-0">
        <p className="mb-1 flex gap-2 text-faint text-xs">
          <span className="font-medium text-muted">{name}</span>
          <ClockTime at={item.at} />
        </p>
        <div
          lang={language}
          className="w-fit max-w-full whitespace-pre-wrap break-words rounded-2xl rounded-tl-md border border-line bg-surface px-3.5 py-2 leading-6 shadow-card"
        >
          {sentiment?.spans ? (
            <MarkedText text={text} spans={heaviest(sentiment)} label={sentiment.label} quiet />
          ) : (
            text
          )}
        </div>
        {/* The place of the verdict is there before it is: nothing moves when it comes. */}
        <div className="mt-1.5 flex min-h-6 items-center">
          {sentiment && <TurnMood sentiment={sentiment} />}
        </div>
      </div>
    </li>
  );
}
