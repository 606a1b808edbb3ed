import { cx } from '../../ui/cx.ts';
import { formatEvidence } from './reasons.ts';

/** How much speaks for a passage, against the line below which the bot refuses. */
export function EvidenceBar({
  evidence,
  threshold,
  scale,
}: {
  evidence: number;
  threshold: number;
  scale: number;
}) {
  const at = (value: number) => `${Math.min(1, Math.max(0, value / scale)) * 100}%`;
  const enough = evidence >= threshold;
  return (
    <div>
      <div className="flex items-baseline justify-between gap-3 text-xs">
        <span className="text-muted">
          Evidence <span className="figures font-semibold text-ink">{formatEvidence(evidence)}</span>
        </span>
        <span className={cx('font-medium', enough ? 'text-positive' : 'text-faint')}>
          {enough ? 'enough to answer' : 'not enough'}
        </span>
      </div>
      <div
        aria-hidden="true"
        className="relative mt-1.5 h-2 rounded-full bg-neutral-soft forced-colors:border"
      >
        <div
          className={cx(
            'absolute inset-y-0 left-0 rounded-full forced-colors:bg-[CanvasText]',
            enough ? 'bg-positive' : 'bg-line-strong',
          )}
          style={{ width: at(evidence) }}
        />
        <div
          className="-inset-y-1 absolute w-0.5 rounded-full bg-ink ring-2 ring-surface forced-colors:bg-[Highlight]"
          style={{ left: `calc(${at(threshold)} - 1px)` }}
        />
      </div>
    </div>
  );
}
