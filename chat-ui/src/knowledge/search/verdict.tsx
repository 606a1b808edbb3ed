import { CircleSlash, MessageSquareQuote } from 'lucide-react';
import type { SearchResponse } from '#contracts';
import { cx } from '../../ui/cx.ts';
import { formatMs } from '../../ui/format.ts';
import { formatEvidence } from './reasons.ts';

/** What the bot would do with the question. */
export function Verdict({ response, stale }: { response: SearchResponse; stale: boolean }) {
  const { answerable, hits, lead, threshold, timing } = response;
  const best = hits[0];
  const Icon = answerable ? MessageSquareQuote : CircleSlash;
  return (
    <div
      role="status"
      className={cx(
        'flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-3 sm:px-5',
        answerable ? 'bg-positive-soft text-positive' : 'bg-warning-soft text-warning',
        stale && 'opacity-60',
      )}
    >
      <Icon className="size-5 shrink-0" aria-hidden="true" />
      <p className="min-w-0 grow basis-64">
        <span className="font-semibold">
          {answerable
            ? 'The bot would answer from this.'
            : 'The bot would say it does not know and offer a person.'}
        </span>{' '}
        <span className="figures">
          {best
            ? `The best passage has ${formatEvidence(best.evidence)}; it takes ${formatEvidence(threshold)}. It is ${formatEvidence(lead)} ahead of every other document.`
            : 'Nothing in the knowledge base is anywhere near it.'}
        </span>
      </p>
      <p className="figures text-xs">
        understood in {formatMs(timing.embedMs)}, searched in {formatMs(timing.searchMs)}
      </p>
    </div>
  );
}
