import type { ReactNode } from 'react';
import type { InboxEntry } from '#contracts';
import { labels } from '../../sentiment/labels.tsx';
import { cx } from '../../ui/cx.ts';
import { formatLanguage, formatSigned } from '../../ui/format.ts';
import { Time } from '../../ui/time.tsx';
import { formatWait } from '../inbox/wait-timer.tsx';
import { type Item, scoresOf } from '../items.ts';
import { customerOf } from '../whose.ts';
import { responseTimes } from './response-times.ts';
import { Trend } from './trend.tsx';

interface DetailsProps {
  entry: InboxEntry;
  items: Item[];
  /** Called when a turn was chosen, where the details lie over the transcript. */
  onLeave?: () => void;
}

/** What is known of a conversation at a glance: the mood and how it went, the customer, how long they waited. */
export function Details({ entry, items, onLeave }: DetailsProps) {
  const times = responseTimes(items);
  return (
    <div className="space-y-6 p-5">
      <Trend trend={entry.trend} />
      <Turns items={items} onLeave={onLeave} />
      <section>
        <h3 className="mb-2 font-semibold">Customer</h3>
        <dl className="space-y-2">
          <Fact term="Name">{customerOf(entry)}</Fact>
          <Fact term="Language">{formatLanguage(entry.language)}</Fact>
          <Fact term="Began">
            <Time at={entry.createdAt} />
          </Fact>
          {entry.closedAt && (
            <Fact term="Closed">
              <Time at={entry.closedAt} />
            </Fact>
          )}
        </dl>
      </section>
      <section>
        <h3 className="mb-2 font-semibold">Answers</h3>
        <dl className="space-y-2">
          <Fact term="First reply by a person">{secondsOf(times.firstByPerson)}</Fact>
          <Fact term="Longest wait for a reply">{secondsOf(times.longest)}</Fact>
          <Fact term="Turns of the customer">{times.turns}</Fact>
        </dl>
      </section>
    </div>
  );
}

const secondsOf = (ms: number | null) =>
  ms === null ? 'none yet' : ms < 1000 ? 'under 1 s' : formatWait(Math.round(ms / 1000));

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap justify-between gap-x-4">
      <dt className="text-faint">{term}</dt>
      <dd className="figures min-w-0 break-words text-right font-medium">{children}</dd>
    </div>
  );
}

/** Every scored turn as a line; choosing one shows it in the transcript. */
function Turns({ items, onLeave }: { items: Item[]; onLeave?: () => void }) {
  const turns = scoresOf(items);
  if (turns.length === 0) return null;
  const show = (id: string) => {
    onLeave?.();
    // Once a sheet that lies over it has given the focus back.
    requestAnimationFrame(() => {
      const turn = document.getElementById(`turn-${id}`);
      turn?.scrollIntoView({ block: 'center' });
      turn?.querySelector('button')?.focus();
    });
  };
  return (
    <section>
      <h3 className="mb-1 font-semibold">Turn by turn</h3>
      <ol className="-mx-2 max-h-64 overflow-y-auto">
        {turns.map(({ id, score, text, label }) => {
          const { icon: Icon, text: colour, word } = labels[label];
          return (
            <li key={id}>
              <button
                type="button"
                onClick={() => show(id)}
                className="-outline-offset-2 flex w-full items-center gap-2 rounded-lg px-2 py-1.5 text-left hover:bg-sunken max-sm:min-h-11"
              >
                <Icon className={cx('size-4 shrink-0', colour)} aria-label={word} />
                <span className="min-w-0 grow truncate text-muted">{text}</span>
                <span className={cx('figures shrink-0 font-semibold text-xs', colour)}>
                  {formatSigned(score)}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
