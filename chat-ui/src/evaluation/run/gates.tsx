import type { EvaluationRun, GateResult } from '#contracts';
import { plural } from '../../ui/format.ts';
import { Panel, PanelHeader } from '../../ui/panel.tsx';
import { OutcomeBadge } from '../badges.tsx';

/** More that hold are folded: what does not hold is what one looks for. */
const manyGates = 4;

/** What had to hold, what did not first. */
export function GatesPanel({ gates }: Pick<EvaluationRun, 'gates'>) {
  const of = (wanted: GateResult['outcome']) => gates.filter(({ outcome }) => outcome === wanted);
  const [open, held] = [[...of('failed'), ...of('inconclusive')], of('passed')];
  return (
    <Panel>
      <PanelHeader
        title="Gates"
        hint={gates.length > 0 ? `${held.length} of ${plural(gates.length, 'gate')} hold` : undefined}
      />
      {gates.length === 0 && (
        <p className="px-4 py-4 text-muted sm:px-5">The suite sets none: nothing it shows can fail it.</p>
      )}
      {open.length > 0 && <GateList gates={open} />}
      {held.length > 0 && (
        <details
          open={held.length <= manyGates}
          className={open.length > 0 ? 'border-line border-t' : undefined}
        >
          <summary className="-outline-offset-2 rounded-b-xl px-4 py-2.5 text-muted hover:text-ink sm:px-5">
            {plural(held.length, 'gate')} that hold{held.length === 1 && 's'}
          </summary>
          <GateList gates={held} />
        </details>
      )}
    </Panel>
  );
}

function GateList({ gates }: Pick<EvaluationRun, 'gates'>) {
  return (
    <ul className="divide-y divide-line">
      {gates.map((gate) => (
        <li key={gate.rule} className="px-4 py-2.5 sm:px-5">
          <OutcomeBadge outcome={gate.outcome} /> <span className="break-words">{gate.words}</span>
        </li>
      ))}
    </ul>
  );
}
