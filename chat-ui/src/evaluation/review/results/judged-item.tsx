import { MessageSquareText, Tag } from 'lucide-react';
import { useState } from 'react';
import type { Review, ReviewedItem } from '#contracts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Kbd } from '../../../ui/kbd.tsx';
import { Said } from '../../datasets/said.tsx';
import { meaningOf, systemNames } from '../scale.ts';
import { isDisputed } from './proposal.ts';

interface JudgedItemProps {
  review: Review;
  item: ReviewedItem;
  onLabel: () => void;
}

/** One item of a closed queue: what everybody says of it, and on demand what it was about. */
export function JudgedItem({ review, item, onLabel }: JudgedItemProps) {
  const [open, setOpen] = useState(false);
  const disputed = isDisputed(item);
  return (
    <li className="px-4 py-3.5 sm:px-5">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <button
          type="button"
          data-entry
          data-item={item.id}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="-m-1 min-w-0 grow basis-64 rounded-lg p-1 text-left hover:text-accent"
        >
          <span className="figures mr-2 text-faint text-xs">{item.number}</span>
          <span className="break-words font-medium">{firstLine(item.input)}</span>
        </button>
        {disputed && <Badge tone="warning">Raters disagree</Badge>}
        <Button
          size="small"
          variant="ghost"
          aria-label={`Make item ${item.number} a labelled row`}
          onClick={onLabel}
        >
          <Tag aria-hidden="true" /> Label <Kbd>L</Kbd>
        </Button>
      </div>
      <Judgements review={review} item={item} />
      {open && <Contents review={review} item={item} />}
    </li>
  );
}

function Judgements({ review, item }: { review: Review; item: ReviewedItem }) {
  if (item.judgements.length === 0) return <p className="mt-1 text-faint text-xs">Nobody judged it.</p>;
  return (
    <ul className="mt-1.5 space-y-1">
      {item.judgements.map(({ rater, raterName, choice, comment }) => (
        <li key={rater} className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5 text-[0.8125rem]">
          <span className="text-faint">{raterName}:</span>
          <span className="font-medium">{meaningOf(review, choice)}</span>
          {comment && (
            <span className="inline-flex min-w-0 gap-1.5 text-muted">
              <MessageSquareText className="mt-0.5 size-3.5 shrink-0" aria-label="Comment" />
              <span className="min-w-0 whitespace-pre-wrap break-words">{comment}</span>
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function Contents({ review, item }: { review: Review; item: ReviewedItem }) {
  const names = systemNames(review.systems);
  return (
    <div className="mt-3 grid gap-3 rounded-lg border border-line bg-sunken p-4 sm:grid-cols-2">
      <Part title="Input">
        <Said value={item.input} />
      </Part>
      <Part title="Expected">
        <Said value={item.expected} />
      </Part>
      {item.answers.map(({ output, error }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the systems keep their places
        <Part key={index} title={names[index] ?? 'Answer'}>
          {error === null ? <Said value={output} /> : <span className="text-negative">{error}</span>}
        </Part>
      ))}
    </div>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div className="min-w-0">
      <h4 className="mb-0.5 break-words text-faint text-xs">{title}</h4>
      {children}
    </div>
  );
}

/** Of an input as much as a line shows. */
function firstLine(input: unknown): string {
  const text = typeof input === 'string' ? input : JSON.stringify(input);
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}
