import type { RaterProgress } from '#contracts';
import { formatCount } from '../../../ui/format.ts';
import { Panel, PanelHeader } from '../../../ui/panel.tsx';

/** What each rater has done. */
export function Raters({ raters }: { raters: RaterProgress[] }) {
  return (
    <Panel>
      <PanelHeader title="Raters" />
      {raters.length === 0 ? (
        <p className="px-5 py-6 text-muted">Nobody has taken an item yet.</p>
      ) : (
        <table className="figures w-full text-left">
          <thead className="text-faint text-xs">
            <tr>
              <th scope="col" className="px-4 py-2 font-medium sm:px-5">
                Name
              </th>
              <th scope="col" className="px-2 py-2 text-right font-medium">
                Judged
              </th>
              <th scope="col" className="py-2 pr-4 pl-2 text-right font-medium sm:pr-5">
                Skipped
              </th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line border-line border-t">
            {raters.map(({ rater, name, judged, skipped }) => (
              <tr key={rater}>
                <th scope="row" className="break-words px-4 py-2 font-normal sm:px-5">
                  {name}
                </th>
                <td className="px-2 py-2 text-right">{formatCount(judged)}</td>
                <td className="py-2 pr-4 pl-2 text-right">{formatCount(skipped)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
