import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { SentimentResult } from '#contracts';
import { LabelChip } from '../../../sentiment/labels.tsx';
import { ScoreScale } from '../../../sentiment/score.tsx';
import { cx } from '../../../ui/cx.ts';
import { formatSigned } from '../../../ui/format.ts';
import { SentimentVerdict } from './one.tsx';
import type { Row } from './rows.ts';

const cell = 'px-2 py-2.5 sm:px-3';
const number = 'figures py-2.5 pl-4 text-faint sm:pl-5';

/** One text of many: its verdict, opening to the whole of it, or why it failed. */
export function TableRow({ row: { order, text, item } }: { row: Row }) {
  if ('result' in item) return <ResultRow order={order} text={text} result={item.result} />;
  return (
    <tr className="border-line border-b align-top last:border-0">
      <td className={number}>{order + 1}</td>
      <td className={cx(cell, 'wrap-anywhere min-w-24')}>
        <span className="line-clamp-3">{text}</span>
      </td>
      <td colSpan={2} className={cx(cell, 'text-negative')}>
        {item.error.detail}
      </td>
    </tr>
  );
}

function ResultRow({ order, text, result }: { order: number; text: string; result: SentimentResult }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <tr className="border-line border-b align-top last:border-0">
        <td className={number}>{order + 1}</td>
        <td className={cx(cell, 'wrap-anywhere min-w-24')}>
          <button
            type="button"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
            className="flex w-full items-start gap-1 rounded text-left hover:text-accent"
          >
            <ChevronRight
              className={cx(
                'mt-[3px] size-3.5 shrink-0 text-faint transition-transform',
                open && 'rotate-90',
              )}
              aria-hidden="true"
            />
            <span className={cx('min-w-0', !open && 'line-clamp-3')}>{text}</span>
          </button>
        </td>
        <td className={cell}>
          <LabelChip label={result.label} />
        </td>
        <td className={cell}>
          <span className="flex items-center gap-3">
            <span className="hidden sm:block">
              <ScoreScale score={result.score} small />
            </span>
            <span className="figures w-9 text-right font-medium">{formatSigned(result.score)}</span>
          </span>
        </td>
      </tr>
      {open && (
        <tr className="border-line border-b bg-sunken/40">
          <td colSpan={4} className="p-0">
            <SentimentVerdict result={result} text={text} />
          </td>
        </tr>
      )}
    </>
  );
}
