import { Link } from '@tanstack/react-router';
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RunDetail } from '#contracts';
import { cx } from '../../ui/cx.ts';
import { formatCount, formatDate } from '../../ui/format.ts';
import { Panel } from '../../ui/panel.tsx';
import { DecisionBadge, OutcomeBadge, PartialBadge } from '../badges.tsx';

interface Fact {
  name: string;
  /** What is compared; by itself what is shown. */
  text: (detail: RunDetail) => string;
  show?: (detail: RunDetail) => ReactNode;
}

const facts: Fact[] = [
  {
    name: 'Outcome',
    text: ({ run, summary }) => `${run.outcome} ${summary.verdict?.decision}`,
    show: ({ run, summary }) => (
      <span className="flex flex-wrap gap-1.5">
        <OutcomeBadge outcome={run.outcome} />
        <DecisionBadge run={summary} />
        {run.partial && <PartialBadge partial={run.partial} />}
      </span>
    ),
  },
  { name: 'Target', text: ({ run }) => [run.target.name, run.target.revision].filter(Boolean).join(' ') },
  { name: 'Suite', text: ({ run }) => `${run.suite.suite} ${run.suite.version}` },
  {
    name: 'Rows and errors',
    text: ({ run }) => `${formatCount(run.dataset.rows)}, ${formatCount(run.counts.errored)} errors`,
  },
  {
    name: 'Rows, SHA-256',
    text: ({ run }) => run.dataset.sha256,
    show: ({ run }) => hash(run.dataset.sha256),
  },
  { name: 'Fingerprint', text: ({ run }) => run.fingerprint, show: ({ run }) => hash(run.fingerprint) },
  {
    name: 'Environment',
    text: ({ run }) => Object.entries(run.environment).flat().join(' '),
    show: ({ run }) => Object.values(run.environment).join(', '),
  },
];

const hash = (value: string) => (
  <code title={value} className="break-all font-mono text-xs">
    {value.slice(0, 16)}…
  </code>
);

/** What the two runs are, with what differs between them in view. */
export function ComparedFacts({ before, now }: { before: RunDetail; now: RunDetail }) {
  return (
    <Panel className="overflow-hidden">
      {before.run.fingerprint !== now.run.fingerprint && (
        <p className="flex gap-2.5 border-line border-b bg-warning-soft px-4 py-2.5 text-warning sm:px-5">
          <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
          <span>
            <span className="font-semibold">The fingerprints differ.</span> The two were asked other rows, or
            scored in another way: a difference between them may come from that.
          </span>
        </p>
      )}
      <table className="w-full table-fixed text-left">
        <caption className="sr-only">The two runs</caption>
        <thead className="text-faint text-xs">
          <tr className="border-line border-b">
            <th scope="col" className="w-24 py-2 pl-4 font-medium sm:pl-5 md:w-44">
              <span className="sr-only">Fact</span>
            </th>
            <Column title="Before" detail={before} />
            <Column title="Now" detail={now} />
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {facts.map(({ name, text, show = text }) => {
            const same = text(before) === text(now);
            return (
              <tr key={name} className="align-top">
                <th scope="row" className="break-words py-2 pr-2 pl-4 font-normal text-faint text-xs sm:pl-5">
                  {name}
                  {!same && <span className="sr-only"> (differs)</span>}
                </th>
                <td className="break-words px-2 py-2 sm:px-3">{show(before)}</td>
                <td className={cx('break-words px-2 py-2 sm:px-3', !same && 'bg-accent-soft/50')}>
                  {show(now)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Panel>
  );
}

function Column({ title, detail: { run } }: { title: string; detail: RunDetail }) {
  return (
    <th scope="col" className="px-2 py-2 font-medium sm:px-3">
      {title}:{' '}
      <Link to="/evaluation/runs/$run" params={{ run: run.id }} className="rounded text-accent underline">
        {formatDate(run.startedAt)}
      </Link>
    </th>
  );
}
