import { ChevronRight } from 'lucide-react';
import type { StoredSample } from '#contracts';
import { Badge } from '../../../ui/badge.tsx';
import { formatFigure } from '../../figures.ts';
import { lineOf } from '../../line-of.ts';

interface SampleRowProps {
  sample: StoredSample;
  scorer: string;
  onOpen: () => void;
}

/** One row in a few lines; the whole of it opens beside the page. */
export function SampleRow({ sample, scorer, onOpen }: SampleRowProps) {
  const { id, repeat, input, expected, answer, scores } = sample;
  const { value, reason } = scores[scorer] ?? { value: null };
  return (
    <li>
      <button
        type="button"
        data-entry
        onClick={onOpen}
        className="-outline-offset-2 group grid w-full grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-0.5 px-4 py-2.5 text-left hover:bg-sunken/60 sm:px-5 md:grid-cols-[minmax(0,3fr)_minmax(0,2fr)_6rem]"
      >
        <span className="min-w-0">
          <span className="line-clamp-2 break-words">{lineOf(input)}</span>
          <span className="block truncate font-mono text-faint text-xs">
            {id}
            {repeat > 0 && `, asked again ${repeat}`}
          </span>
        </span>
        <span className="min-w-0 text-muted max-md:order-3 max-md:col-span-2">
          {answer.error ? (
            <Badge tone="bad" className="max-w-full whitespace-normal break-words">
              Error: {answer.error.detail}
            </Badge>
          ) : (
            <span className="line-clamp-2 break-words">
              {reason ?? (expected === null ? lineOf(answer.output) : `expected ${lineOf(expected)}`)}
            </span>
          )}
        </span>
        <span className="figures flex items-start justify-end gap-1 font-semibold">
          {value === null ? <span className="font-normal text-faint">not judged</span> : formatFigure(value)}
          <ChevronRight className="mt-0.5 size-4 text-faint" aria-hidden="true" />
        </span>
      </button>
    </li>
  );
}
