import { type RefObject, useEffect, useRef } from 'react';
import type { ReviewItem, Rubric } from '#contracts';
import { cx } from '../../../ui/cx.ts';
import { Panel } from '../../../ui/panel.tsx';
import { Said } from '../../datasets/said.tsx';
import { Answers } from './answers.tsx';

interface ItemProps {
  item: ReviewItem;
  items: number;
  rubric: Rubric;
  marked: boolean;
  busy: boolean;
  heading: RefObject<HTMLHeadingElement | null>;
}

/** What is judged: what was asked, what is right where raters may know it, and what was answered. */
export function Item({ item, items, rubric, marked, busy, heading }: ItemProps) {
  const shown = useRef<string>(undefined);
  useEffect(() => {
    // The next item begins at its top, for the eyes as for a screen reader.
    if (shown.current !== item.id) {
      heading.current?.focus({ preventScroll: true });
      window.scrollTo({ top: 0 });
    }
    shown.current = item.id;
  }, [item.id, heading]);
  return (
    <div aria-busy={busy} className={cx('space-y-4 transition-opacity', busy && 'opacity-60 delay-200')}>
      <h2 ref={heading} tabIndex={-1} className="font-semibold text-base outline-none">
        Item {item.number} <span className="font-normal text-faint">of {items}</span>
      </h2>
      <Part title="Input">
        <Said value={item.input} />
      </Part>
      {rubric.showExpected && item.expected !== null && (
        <Part title="Expected">
          <Said value={item.expected} />
        </Part>
      )}
      <Answers key={item.id} answers={item.answers} marked={marked} />
    </div>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <Panel className="px-4 py-3">
      <h3 className="mb-1 text-faint text-xs">{title}</h3>
      <div className="leading-6">{children}</div>
    </Panel>
  );
}
