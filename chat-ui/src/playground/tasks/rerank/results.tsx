import type { RerankResult, TaskItem } from '#contracts';
import { formatSigned } from '../../../ui/format.ts';
import { OutcomeTable } from '../../outcome-table.tsx';

export function RerankScore({ result }: { result: RerankResult; text: string }) {
  return (
    <div className="p-4 sm:p-5">
      <p className="figures font-semibold text-3xl tracking-tight">{formatSigned(result.score, 3)}</p>
      <p className="text-muted">near to the query; 1 is the same meaning, 0 has nothing to do with it</p>
    </div>
  );
}

/** The nearest first, whatever the order they were sent in. */
export function RerankTable({ items, texts }: { items: TaskItem<RerankResult>[]; texts: string[] }) {
  return (
    <OutcomeTable
      name="rerank"
      items={items}
      texts={texts}
      rank={({ score }) => score}
      columns={[
        {
          title: 'Score',
          show: ({ score }) => <span className="figures font-medium">{formatSigned(score, 3)}</span>,
          value: ({ score }) => score,
        },
      ]}
    />
  );
}
