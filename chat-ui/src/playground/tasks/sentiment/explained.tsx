import type { SentimentLabel, SentimentSpan } from '#contracts';
import { labels } from '../../../sentiment/labels.tsx';
import { MarkedText, markStyle } from '../../../sentiment/marked-text.tsx';
import { cx } from '../../../ui/cx.ts';
import { formatSigned } from '../../../ui/format.ts';

/** The text with the spans that carried the verdict, and the heaviest of them as a list. */
export function Explained({
  text,
  spans,
  label,
}: {
  text: string;
  spans: SentimentSpan[];
  label: SentimentLabel;
}) {
  const top = [...spans].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, 5);
  const word = labels[label].word.toLowerCase();
  return (
    <section className="space-y-3 border-line border-t p-4 sm:p-5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h3 className="font-semibold">Why</h3>
        <p className="flex flex-wrap gap-x-4 gap-y-1 text-faint text-xs">
          <span>
            <span className="text-ink" style={markStyle(1, 1, label)}>
              solid
            </span>{' '}
            carried “{word}”, thicker is more
          </span>
          <span>
            <span style={markStyle(-1, 1, label)}>dotted</span> spoke against it
          </span>
        </p>
      </div>
      <p className="max-h-96 overflow-y-auto whitespace-pre-wrap break-words text-base leading-8">
        <MarkedText text={text} spans={spans} label={label} />
      </p>
      {top.length > 0 && (
        <ol className="flex flex-wrap gap-2 pt-1" aria-label="Heaviest spans">
          {top.map((span) => (
            <li
              key={span.start}
              className="flex max-w-full items-center gap-2 rounded-md border border-line bg-sunken px-2 py-1 text-[0.8125rem]"
            >
              <span className="truncate">{span.text}</span>
              <span
                className={cx('figures font-semibold', span.weight >= 0 ? labels[label].text : 'text-faint')}
              >
                {formatSigned(span.weight, 2)}
              </span>
            </li>
          ))}
        </ol>
      )}
      {top.length === 0 && <p className="text-muted">No single span carried this verdict.</p>}
    </section>
  );
}
