import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ArrowLeft, Play } from 'lucide-react';
import type { ModelDetail } from '#contracts';
import { modelQuery } from '../api/queries.ts';
import { Page } from '../app/page.tsx';
import { Badge } from '../ui/badge.tsx';
import { buttonClass } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { MarkdownText } from '../ui/markdown.tsx';
import { Panel, PanelHeader } from '../ui/panel.tsx';
import { SkeletonBlock } from '../ui/skeleton.tsx';
import { Actions } from './actions.tsx';
import { Facts, factsOf, servingFactsOf } from './facts.tsx';
import { QualityTable } from './quality.tsx';
import { StateBadge, stateMeaning } from './state-badge.tsx';
import { useMayChange } from './use-models.ts';

/** To the playground, where there is a tab for what the model does. */
function TryIt({ model }: { model: ModelDetail }) {
  // Nothing on the page talks to a model yet; programs do, at /v1/chat/completions.
  if (model.task === 'chat') return null;
  const search = {
    task: model.task === 'sentiment' ? undefined : model.task,
    model: model.default ? undefined : model.id,
  };
  return (
    <Link to="/" search={search} className={buttonClass('primary')}>
      <Play aria-hidden="true" /> Try it
    </Link>
  );
}

function Heading({ model }: { model: ModelDetail }) {
  return (
    <div className="flex flex-wrap items-start justify-between gap-4">
      <div className="min-w-0 space-y-2">
        <div className="flex flex-wrap items-center gap-2">
          <StateBadge state={model.state} />
          <Badge>{model.task}</Badge>
          {model.default && <Badge tone="accent">Default</Badge>}
          {model.pinned && model.source !== 'bundled' && <Badge>Pinned</Badge>}
        </div>
        <h2 className="font-semibold text-2xl tracking-tight">{model.name}</h2>
        <p className="flex items-center gap-1 text-faint">
          <code className="break-all font-mono text-[0.8125rem]">{model.id}</code>
          <CopyButton text={model.id} what="model id" className="size-7" />
        </p>
        <p className="max-w-2xl text-muted">{model.description}</p>
        <p className={model.reason ? 'text-negative' : 'text-faint text-xs'}>
          {model.reason ?? stateMeaning(model.state)}
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        {useMayChange() && <Actions model={model} />}
        <TryIt model={model} />
      </div>
    </div>
  );
}

function Detail({ model }: { model: ModelDetail }) {
  return (
    <>
      <Heading model={model} />
      <Panel className="p-4 sm:p-5">
        <Facts
          facts={factsOf(model)}
          className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-3 lg:grid-cols-5"
        />
      </Panel>
      <Panel>
        <PanelHeader title="On this server" hint="Measured since it started" />
        <Facts
          facts={servingFactsOf(model)}
          className="grid grid-cols-2 gap-x-6 gap-y-4 p-4 sm:grid-cols-3 sm:p-5 lg:grid-cols-5"
        />
      </Panel>
      <Panel>
        <PanelHeader title="Measured quality" hint="On rows the model was not trained on" />
        {model.quality.length > 0 ? (
          <QualityTable quality={model.quality} />
        ) : (
          <p className="p-5 text-muted">
            Nothing was measured. Try it on your own texts before relying on it.
          </p>
        )}
      </Panel>
      <Panel>
        <PanelHeader title="Model card" />
        <div className="max-w-3xl p-4 leading-relaxed sm:p-6">
          {model.cardText.trim() ? (
            <MarkdownText text={model.cardText} />
          ) : (
            <p className="text-muted">This model came without a card.</p>
          )}
        </div>
      </Panel>
    </>
  );
}

export function ModelPage() {
  const { _splat: id = '' } = useParams({ from: '/models/$' });
  const { data, error, refetch } = useQuery(modelQuery(id));
  return (
    <Page>
      <Link to="/models" className="inline-flex items-center gap-1.5 rounded text-muted hover:text-ink">
        <ArrowLeft className="size-4" aria-hidden="true" /> All models
      </Link>
      {error && (
        <Panel>
          <ErrorState error={error} onRetry={() => void refetch()} />
        </Panel>
      )}
      {data && <Detail model={data} />}
      {!data && !error && (
        <Panel>
          <SkeletonBlock label="Loading the model" lines={9} />
        </Panel>
      )}
    </Page>
  );
}
