import { cx } from '../../ui/cx.ts';

/** A run in a chart: accepted ones are large and square, partial ones hollow. */
export function RunMark({ accepted, partial }: { accepted: boolean; partial: boolean }) {
  return (
    <span
      className={cx(
        'block border-2 forced-colors:border-[CanvasText]',
        accepted
          ? 'size-3 rotate-45 rounded-[2px] border-positive bg-positive'
          : 'size-2.5 rounded-full border-accent bg-accent',
        partial && 'bg-surface',
      )}
    />
  );
}

const marks = [
  { title: 'accepted', accepted: true, partial: false },
  { title: 'a run', accepted: false, partial: false },
  { title: 'partial', accepted: false, partial: true },
];

/** What the marks of the charts mean. */
export function Legend() {
  return (
    <p aria-hidden="true" className="flex flex-wrap items-center gap-x-5 gap-y-1.5 text-muted text-xs">
      {marks.map(({ title, ...mark }) => (
        <span key={title} className="inline-flex items-center gap-2">
          <RunMark {...mark} /> {title}
        </span>
      ))}
      <span className="inline-flex items-center gap-2">
        <span className="h-3.5 w-1.5 rounded-full bg-accent/30" /> 95 % interval
      </span>
      <span className="inline-flex items-center gap-2">
        <span className="h-3.5 border-line-strong border-l border-dashed" /> other rows or scorers from here
      </span>
    </p>
  );
}
