import type { ClassificationsResult, TaskItem } from '#contracts';
import { Badge } from '../../../ui/badge.tsx';
import { formatPercent } from '../../../ui/format.ts';
import { Chances } from '../../chances.tsx';
import { OutcomeTable } from '../../outcome-table.tsx';

const mostShown = 10;

/** The label of one text, and how likely the others are. */
export function ClassificationVerdict({ result }: { result: ClassificationsResult; text: string }) {
  const chances = Object.entries(result.probabilities)
    .map(([name, value]) => ({ name, value }))
    .sort((a, b) => b.value - a.value);
  return (
    <div className="grid grid-cols-1 gap-x-10 gap-y-6 p-4 sm:grid-cols-2 sm:p-5">
      <div className="space-y-2">
        <p className="break-words font-semibold text-2xl tracking-tight">{result.label}</p>
        <p className="figures text-muted">{formatPercent(result.probabilities[result.label] ?? 0)}</p>
        {result.outOfScope && <Badge tone="bad">Out of scope</Badge>}
        {result.classifier && <p className="text-faint text-xs">by {result.classifier}</p>}
      </div>
      <div className="space-y-2">
        <Chances chances={chances.slice(0, mostShown)} />
        {chances.length > mostShown && (
          <p className="text-faint text-xs">
            The {mostShown} most likely of {chances.length} labels.
          </p>
        )}
      </div>
    </div>
  );
}

export function ClassificationTable({
  items,
  texts,
}: {
  items: TaskItem<ClassificationsResult>[];
  texts: string[];
}) {
  return (
    <OutcomeTable
      name="classifications"
      items={items}
      texts={texts}
      columns={[
        {
          title: 'Label',
          show: ({ label, outOfScope }) => (outOfScope ? <Badge tone="bad">Out of scope</Badge> : label),
          value: ({ label, outOfScope }) => (outOfScope ? '' : label),
        },
        {
          title: 'Probability',
          show: ({ label, probabilities }) => (
            <span className="figures">{formatPercent(probabilities[label] ?? 0)}</span>
          ),
          value: ({ label, probabilities }) => probabilities[label] ?? 0,
        },
      ]}
    />
  );
}
