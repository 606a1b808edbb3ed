import type { ReviewDetail } from '#contracts';
import { formatPercent, plural } from '../../../ui/format.ts';
import { Panel, PanelHeader } from '../../../ui/panel.tsx';
import { meaningOf, offeredBy } from '../scale.ts';

/** How often each choice was made. A blind queue does not tell before it is closed. */
export function Counts({ detail: { review, counts } }: { detail: ReviewDetail }) {
  return (
    <Panel>
      <PanelHeader title="What was chosen" />
      {counts === null ? (
        <p className="px-5 py-6 text-muted">
          The queue is blind. Close it to see what was chosen, and whose it is.
        </p>
      ) : (
        <Bars counts={counts} review={review} />
      )}
    </Panel>
  );
}

function Bars({ counts, review }: { counts: Record<string, number>; review: ReviewDetail['review'] }) {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const choices =
    review.rubric.scale.kind === 'preference'
      ? ['first', 'second', 'tie']
      : offeredBy(review.rubric.scale).map(({ choice }) => String(choice));
  return (
    <dl className="space-y-3 p-4 sm:p-5">
      {choices.map((choice) => {
        const count = counts[choice] ?? 0;
        return (
          <div key={choice}>
            <dt className="min-w-0 break-words">{meaningOf(review, choice)}</dt>
            <dd className="flex items-center gap-3">
              <span aria-hidden="true" className="h-2 grow overflow-hidden rounded-full bg-neutral-soft">
                <span
                  className="block h-full rounded-full bg-accent"
                  style={{ width: `${all > 0 ? (count / all) * 100 : 0}%` }}
                />
              </span>
              <span className="figures whitespace-nowrap text-muted text-xs">
                {plural(count, 'time')}
                {all > 0 && `, ${formatPercent(count / all)}`}
              </span>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
