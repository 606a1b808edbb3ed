import { Fragment } from 'react';
import type { EvaluationRun, RunSummary } from '#contracts';
import { CopyButton } from '../../ui/copy.tsx';
import { formatCount, formatDate, plural } from '../../ui/format.ts';
import { Panel, PanelHeader } from '../../ui/panel.tsx';

/** Everything that somebody needs who wants to see the same again. */
export function RunFacts({ run, summary }: { run: EvaluationRun; summary: RunSummary }) {
  const { dataset } = run.suite;
  const { counts } = run;
  const took = (Date.parse(run.endedAt) - Date.parse(run.startedAt)) / 1000;
  const rows: [string, string][] = [
    ['Rows', `${formatCount(run.dataset.rows)}, asked ${formatCount(counts.asked)} times in all`],
    ['Without an answer', `${plural(counts.errored, 'error')}, ${formatCount(counts.abstained)} not judged`],
    ['Began', `${formatDate(run.startedAt)}, by ${summary.createdBy}`],
    ['Took', took < 90 ? `${took.toFixed(1)} s` : `${(took / 60).toFixed(1)} min`],
    ...(dataset.origin ? [['Origin of the rows', dataset.origin] as [string, string]] : []),
    ...(dataset.licence ? [['Licence of the rows', dataset.licence] as [string, string]] : []),
    ...Object.entries(run.environment),
  ];
  const hashes: [string, string][] = [
    ['Run (what a verdict signs)', summary.sha256],
    ['Rows', run.dataset.sha256],
    ['Fingerprint of rows, scorers and prompt', run.fingerprint],
  ];
  return (
    <Panel>
      <PanelHeader title="How to get the same again" />
      <dl className="grid grid-cols-1 gap-x-8 gap-y-3 px-4 py-4 sm:grid-cols-2 sm:px-5 lg:grid-cols-4">
        {rows.map(([name, value]) => (
          <div key={name} className="min-w-0">
            <dt className="text-faint text-xs">{name}</dt>
            <dd className="break-words">{value}</dd>
          </div>
        ))}
      </dl>
      <dl className="grid grid-cols-1 gap-x-5 gap-y-2 border-line border-t px-4 py-4 sm:px-5 md:grid-cols-[auto_minmax(0,1fr)]">
        {hashes.map(([name, value]) => (
          <Fragment key={name}>
            <dt className="self-center text-faint text-xs">{name}</dt>
            <dd className="flex min-w-0 items-center gap-1">
              <code className="break-all font-mono text-xs">{value}</code>
              <CopyButton text={value} what={`SHA-256: ${name}`} className="-my-1.5 size-8 shrink-0" />
            </dd>
          </Fragment>
        ))}
        {Object.entries(run.metrics).map(([name, { signature }]) => (
          <Fragment key={name}>
            <dt className="text-faint text-xs">Signature of {name}</dt>
            <dd className="break-all font-mono text-xs">{signature}</dd>
          </Fragment>
        ))}
      </dl>
    </Panel>
  );
}
