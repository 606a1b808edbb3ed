import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { ArrowLeft, Download } from 'lucide-react';
import { toast } from 'sonner';
import { asParlanceError } from '#contracts';
import { client } from '../../api/client.ts';
import { Page } from '../../app/page.tsx';
import { download } from '../../playground/csv.ts';
import { Button } from '../../ui/button.tsx';
import { EvaluationTabs } from '../tabs.tsx';
import { useSteps } from '../use-steps.ts';
import { DatasetList } from './list.tsx';
import { Rows } from './rows.tsx';
import { Versions } from './versions.tsx';

/** Datasets that grow by people's judgements. */
export function DatasetsPage() {
  useSteps('dataset', []);
  return (
    <Page intro="Rows that people labelled where they came upon them. A frozen version of them is what a suite measures with.">
      <EvaluationTabs />
      <DatasetList />
    </Page>
  );
}

/** One dataset: its rows and its frozen versions. */
export function DatasetPage() {
  const { dataset } = useParams({ from: '/evaluation/datasets/$dataset' });
  const { q } = useSearch({ from: '/evaluation/datasets/$dataset' });
  const navigate = useNavigate({ from: '/evaluation/datasets/$dataset' });
  return (
    <Page>
      <Link
        to="/evaluation/datasets"
        className="inline-flex items-center gap-1.5 rounded text-muted hover:text-ink"
      >
        <ArrowLeft className="size-4" aria-hidden="true" /> All datasets
      </Link>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="min-w-0 break-words font-mono font-semibold text-xl">{dataset}</h2>
        <ExportButton dataset={dataset} />
      </div>
      <Versions dataset={dataset} />
      <Rows
        dataset={dataset}
        search={q}
        onSearch={(search) => void navigate({ search: { q: search }, replace: true })}
      />
    </Page>
  );
}

function ExportButton({ dataset }: { dataset: string }) {
  const { mutate, isPending } = useMutation({
    mutationFn: async () => {
      const lines = await client().evaluations.datasets.export(dataset);
      download(`${dataset}.jsonl`, 'application/jsonl', await new Response(lines).text());
    },
    onError: (error) => toast.error(asParlanceError(error).message),
  });
  return (
    <Button disabled={isPending} onClick={() => mutate()}>
      <Download aria-hidden="true" /> Export the rows
    </Button>
  );
}
