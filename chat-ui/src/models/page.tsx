import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Boxes, Download } from 'lucide-react';
import { useState } from 'react';
import type { ModelStatus } from '#contracts';
import { modelsQuery } from '../api/queries.ts';
import { Page } from '../app/page.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { Panel } from '../ui/panel.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Facts, factsOf } from './facts.tsx';
import { PullDialog } from './pull-dialog.tsx';
import { Pulls } from './pulls.tsx';
import { Interval, IntervalBar } from './quality.tsx';
import { StateBadge } from './state-badge.tsx';
import { Unusable } from './unusable.tsx';
import { useMayChange, usePulls } from './use-models.ts';

function ModelCard({ model }: { model: ModelStatus }) {
  const best = model.quality[0];
  return (
    <Panel className="relative flex flex-col transition-colors hover:border-line-strong">
      <div className="grow space-y-4 p-4 sm:p-5">
        <div className="space-y-2">
          <div className="flex flex-wrap items-center gap-2">
            <StateBadge state={model.state} />
            <Badge>{model.task}</Badge>
            {model.default && <Badge tone="accent">Default</Badge>}
            {model.pinned && model.source !== 'bundled' && <Badge>Pinned</Badge>}
          </div>
          <h2 className="font-semibold text-base leading-snug tracking-tight">
            <Link
              to="/models/$"
              params={{ _splat: model.id }}
              className="after:absolute after:inset-0 after:rounded-xl"
            >
              {model.name}
            </Link>
          </h2>
          <p className="line-clamp-3 text-muted">{model.description}</p>
        </div>
        {model.reason && <p className="break-words text-negative">{model.reason}</p>}
        <Facts facts={factsOf(model).slice(0, 4)} className="grid grid-cols-2 gap-x-4 gap-y-3" />
      </div>
      <div className="min-h-20 space-y-2 rounded-b-xl border-line border-t bg-sunken/60 px-4 py-3.5 sm:px-5">
        {best ? (
          <>
            <p className="flex flex-wrap justify-between gap-x-4">
              <span className="text-muted">
                {best.metric} on {best.dataset}
              </span>
              <Interval quality={best} />
            </p>
            {best.value <= 1 && <IntervalBar quality={best} />}
          </>
        ) : (
          <p className="text-faint">No quality was measured for this model.</p>
        )}
      </div>
    </Panel>
  );
}

function Cards() {
  const { data: models, error, refetch } = useQuery(modelsQuery);
  if (error) {
    return (
      <Panel>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Panel>
    );
  }
  if (models?.length === 0) {
    return (
      <Panel>
        <EmptyState icon={Boxes} title="This server has no models">
          The bundled ones are in the folder <code className="font-mono">models/</code> of the installation.
          If it is empty, the installation is incomplete: fetch it again.
        </EmptyState>
      </Panel>
    );
  }
  return (
    <div className="grid grid-cols-1 gap-5 md:grid-cols-2">
      {models?.map((model) => <ModelCard key={model.id} model={model} />) ??
        ['a', 'b'].map((key) => <Skeleton key={key} className="h-80 rounded-xl" />)}
    </div>
  );
}

export function ModelsPage() {
  const [pulling, setPulling] = useState(false);
  const pulls = usePulls();
  return (
    <Page
      intro="What this server can answer with, and how good and how fast each model was measured to be. Open one to read its card."
      actions={
        useMayChange() && (
          <Button variant="primary" onClick={() => setPulling(true)}>
            <Download aria-hidden="true" /> Pull a model
          </Button>
        )
      }
    >
      <Pulls pulls={pulls} />
      <Cards />
      <Unusable />
      {pulling && <PullDialog onClose={() => setPulling(false)} />}
    </Page>
  );
}
