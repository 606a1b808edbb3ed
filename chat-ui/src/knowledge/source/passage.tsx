import { Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { Fragment } from 'react';
import type { Passage } from '#contracts';
import { CopyButton } from '../../ui/copy.tsx';
import { cx } from '../../ui/cx.ts';

/** The anchor of a passage on the page of its source. */
export const anchorOf = (passage: Passage): string => `passage-${passage.id}`;

/** The headings a passage stands below, outermost first. */
export function HeadingPath({ headings, className }: { headings: string[]; className?: string }) {
  return (
    <span className={cx('flex min-w-0 flex-wrap items-center gap-x-1', className)}>
      {headings.map((heading, level) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a heading is told from its namesake by its level
        <Fragment key={level}>
          {level > 0 && <ChevronRight className="size-3.5 shrink-0 text-faint" aria-hidden="true" />}
          <span className="min-w-0 break-words">{heading}</span>
        </Fragment>
      ))}
    </span>
  );
}

/** One passage, to read and to link to. */
export function PassageBlock({ passage, marked }: { passage: Passage; marked: boolean }) {
  const anchor = anchorOf(passage);
  return (
    <article
      id={anchor}
      tabIndex={-1}
      aria-label={`Passage ${passage.position + 1}`}
      className={cx(
        // Hundreds of them: what is out of sight is not laid out.
        'scroll-mt-20 px-4 py-4 outline-none [contain-intrinsic-size:auto_9rem] [content-visibility:auto] sm:px-5',
        marked && 'bg-accent-soft/50 shadow-[inset_4px_0_0_var(--accent)] forced-colors:border-l-4',
      )}
    >
      <div className="mb-1.5 flex items-center gap-3">
        <Link
          to="."
          hash={anchor}
          replace
          aria-label={`Link to passage ${passage.position + 1}`}
          className="figures shrink-0 rounded text-faint text-xs hover:text-accent hover:underline"
        >
          #{passage.position + 1}
        </Link>
        <HeadingPath headings={passage.headings} className="grow text-muted text-xs" />
        {marked && <span className="shrink-0 font-medium text-accent text-xs">This passage</span>}
        <CopyButton
          text={passage.text}
          what={`passage ${passage.position + 1}`}
          className="-my-2 -mr-2 size-8"
        />
      </div>
      <p className="max-w-[72ch] whitespace-pre-line break-words leading-relaxed" lang={passage.language}>
        {passage.text}
      </p>
    </article>
  );
}
