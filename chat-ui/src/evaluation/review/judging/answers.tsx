import { CircleX } from 'lucide-react';
import { type UIEvent, useMemo, useRef } from 'react';
import type { ReviewItem } from '#contracts';
import { Panel } from '../../../ui/panel.tsx';
import { Said } from '../../datasets/said.tsx';
import { differences, type Part } from './differences.ts';

type Answer = ReviewItem['answers'][number];

const names = ['First', 'Second'];
const textOf = ({ output, error }: Answer): string =>
  error ?? (typeof output === 'string' ? output : JSON.stringify(output, null, 2));

/** One answer, or two beside one another whose long texts scroll in step. */
export function Answers({ answers, marked }: { answers: Answer[]; marked: boolean }) {
  const boxes = useRef<(HTMLElement | null)[]>([]);
  const [first, second] = answers;
  const parts = useMemo(
    () => (marked && first && second ? differences(textOf(first), textOf(second)) : undefined),
    [first, second, marked],
  );
  const follow = ({ currentTarget }: UIEvent<HTMLElement>) => {
    const share = shareOf(currentTarget);
    for (const box of boxes.current) if (box && box !== currentTarget) scrollTo(box, share);
  };
  return (
    <>
      {parts === null && (
        <p role="status" className="text-muted">
          These answers are too long to mark their differences.
        </p>
      )}
      <div className={answers.length > 1 ? 'grid items-stretch gap-4 md:grid-cols-2' : undefined}>
        {answers.map((answer, index) => (
          <Panel
            // biome-ignore lint/suspicious/noArrayIndexKey: an answer is known by its side alone
            key={index}
            aria-label={answers.length > 1 ? `${names[index]} answer` : 'Answer'}
            className="flex flex-col"
          >
            <h3 className="border-line border-b px-4 py-2 font-semibold">
              {answers.length > 1 ? names[index] : 'Answer'}
            </h3>
            <section
              ref={(box) => {
                boxes.current[index] = box;
              }}
              onScroll={follow}
              aria-label={
                answers.length > 1
                  ? `Text of the ${names[index]?.toLowerCase()} answer`
                  : 'Text of the answer'
              }
              // biome-ignore lint/a11y/noNoninteractiveTabindex: without it the keyboard cannot scroll the box
              tabIndex={0}
              className="-outline-offset-2 grow overflow-y-auto p-4 leading-6 md:max-h-[55vh]"
            >
              <OneAnswer answer={answer} parts={parts?.[index]} />
            </section>
          </Panel>
        ))}
      </div>
    </>
  );
}

function OneAnswer({ answer, parts }: { answer: Answer; parts: Part[] | undefined }) {
  if (parts)
    return (
      <p className="whitespace-pre-wrap break-words">
        {parts.map(({ text, own }, index) =>
          own ? (
            <mark
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text do not move
              key={index}
              className="rounded-sm bg-warning-soft font-medium text-ink underline decoration-2 decoration-warning underline-offset-2"
            >
              {text}
            </mark>
          ) : (
            text
          ),
        )}
      </p>
    );
  if (answer.error === null) return <Said value={answer.output} />;
  return (
    <p className="flex gap-2 text-negative">
      <CircleX className="mt-1 size-4 shrink-0" aria-hidden="true" />
      <span className="min-w-0 break-words">No answer, but an error: {answer.error}</span>
    </p>
  );
}

const room = (box: HTMLElement) => box.scrollHeight - box.clientHeight;
const shareOf = (box: HTMLElement) => (room(box) > 0 ? box.scrollTop / room(box) : 0);

/** Does nothing where the box is there already, or the two would answer one another for ever. */
function scrollTo(box: HTMLElement, share: number): void {
  const top = share * room(box);
  if (Math.abs(box.scrollTop - top) > 2) box.scrollTop = top;
}
