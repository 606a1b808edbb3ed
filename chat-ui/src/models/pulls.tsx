import type { ModelPull } from '#contracts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { formatBytes } from '../ui/format.ts';
import { Panel, PanelHeader } from '../ui/panel.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { Time } from '../ui/time.tsx';
import { useCancelPull, useStartPull } from './use-models.ts';

const words = {
  running: { word: 'On its way', tone: 'accent' },
  done: { word: 'Done', tone: 'good' },
  failed: { word: 'Failed', tone: 'bad' },
  cancelled: { word: 'Cancelled', tone: 'plain' },
} as const;

function Progress({ pull: { model, doneBytes, totalBytes } }: { pull: ModelPull }) {
  const said = totalBytes
    ? `${formatBytes(doneBytes)} of ${formatBytes(totalBytes)}`
    : 'Asking the hub what there is';
  return (
    <div className="space-y-1.5">
      <ProgressBar label={model} share={totalBytes ? doneBytes / totalBytes : 0} said={said} />
      <p className="figures text-muted text-xs">{said}</p>
    </div>
  );
}

function PullRow({ pull }: { pull: ModelPull }) {
  const cancel = useCancelPull();
  const again = useStartPull(() => {});
  const { word, tone } = words[pull.state];
  return (
    <li className="flex flex-wrap items-start gap-x-6 gap-y-2 px-4 py-3.5 sm:px-5">
      <div className="min-w-0 grow basis-64 space-y-1.5">
        <p className="flex flex-wrap items-center gap-2">
          <span className="break-all font-medium">{pull.model}</span>
          <Badge tone={tone}>{word}</Badge>
        </p>
        <p className="flex flex-wrap gap-x-3 text-faint text-xs">
          <span className="break-all">{pull.commit?.slice(0, 12) ?? pull.revision}</span>
          <span>
            begun <Time at={pull.startedAt} />
          </span>
        </p>
        {pull.state === 'running' && <Progress pull={pull} />}
        {pull.reason && <p className="break-words text-negative">{pull.reason}</p>}
      </div>
      {pull.state === 'running' && (
        <Button
          size="small"
          disabled={cancel.isPending}
          aria-label={`Cancel the pull of ${pull.model}`}
          onClick={() => cancel.mutate(pull)}
        >
          Cancel
        </Button>
      )}
      {(pull.state === 'failed' || pull.state === 'cancelled') && (
        <Button
          size="small"
          disabled={again.isPending}
          aria-label={`Pull ${pull.model} again`}
          onClick={() => again.mutate({ model: pull.model, revision: pull.revision })}
        >
          Try again
        </Button>
      )}
    </li>
  );
}

/** The models that are on their way; of those that ended, the last for each model. */
export function Pulls({ pulls }: { pulls: ModelPull[] }) {
  const shown = pulls.filter(
    (pull, at) => pull.state !== 'done' && pulls.findIndex(({ model }) => model === pull.model) === at,
  );
  if (shown.length === 0) return null;
  return (
    <Panel>
      <PanelHeader title="From the hub" hint="Goes on while this page is closed" />
      <ul className="divide-y divide-line">
        {shown.map((pull) => (
          <PullRow key={pull.id} pull={pull} />
        ))}
      </ul>
    </Panel>
  );
}
