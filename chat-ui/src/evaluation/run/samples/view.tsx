import type { ReactNode } from 'react';
import type { StoredSample } from '#contracts';
import { CopyButton } from '../../../ui/copy.tsx';
import { formatCount, formatMs } from '../../../ui/format.ts';
import { Said } from '../../datasets/said.tsx';
import { formatFigure } from '../../figures.ts';
import { lineOf } from '../../line-of.ts';

/** What was asked, what was expected, what was said and what the scorers made of it. */
export function SampleView({ sample }: { sample: StoredSample }) {
  const { id, repeat, input, expected, answer, scores, slices, group } = sample;
  const facts = [
    ['Time', formatMs(answer.latencyMs)],
    ...(answer.tokens === null ? [] : [['Tokens', formatCount(answer.tokens)]]),
    ...(answer.cost === null ? [] : [['Cost', `$${answer.cost.toFixed(4)}`]]),
    ...(repeat > 0 ? [['Asked again', String(repeat)]] : []),
    ...(group === id ? [] : [['Group', group]]),
    ...Object.entries(slices),
  ];
  return (
    <div className="space-y-5 p-5">
      <p className="break-all font-mono text-faint text-xs">{id}</p>
      <Part title="Input" copy={lineOf(input)}>
        <Said value={input} />
      </Part>
      <Part title="Expected" copy={lineOf(expected)}>
        <Said value={expected} />
      </Part>
      <Part title="Answer" copy={lineOf(answer.output)}>
        {answer.error ? (
          <p className="break-words rounded-lg bg-negative-soft px-3 py-2 text-negative">
            {answer.error.detail} <code className="font-mono text-xs">{answer.error.code}</code>
          </p>
        ) : (
          <Said value={answer.output} />
        )}
      </Part>
      <section>
        <h3 className="mb-1 font-medium text-faint text-xs">Scores</h3>
        <dl className="divide-y divide-line">
          {Object.entries(scores).map(([name, { value, reason }]) => (
            <div key={name} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 py-1.5">
              <dt className="break-words">{name}</dt>
              <dd className="figures text-right font-semibold">
                {value === null ? (
                  <span className="font-normal text-faint">not judged</span>
                ) : (
                  formatFigure(value)
                )}
              </dd>
              {reason && <dd className="col-span-2 break-words text-muted text-xs">{reason}</dd>}
            </div>
          ))}
        </dl>
      </section>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-3 border-line border-t pt-4">
        {facts.map(([name = '', value]) => (
          <div key={name} className="min-w-0">
            <dt className="text-faint text-xs">{name}</dt>
            <dd className="break-words">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Part({ title, copy, children }: { title: string; copy: string; children: ReactNode }) {
  return (
    <section>
      <div className="mb-1 flex items-center justify-between">
        <h3 className="font-medium text-faint text-xs">{title}</h3>
        <CopyButton text={copy} what={title.toLowerCase()} className="-my-2 size-8" />
      </div>
      {children}
    </section>
  );
}
