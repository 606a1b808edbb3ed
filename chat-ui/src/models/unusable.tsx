import { useQuery } from '@tanstack/react-query';
import { Panel, PanelHeader } from '../ui/panel.tsx';
import { unusableQuery } from './use-models.ts';

/** What is in the folders of models and cannot be served, with what would mend it. */
export function Unusable() {
  const { data = [] } = useQuery(unusableQuery);
  if (data.length === 0) return null;
  return (
    <Panel>
      <PanelHeader title="Not served" hint="Found in the folders of models when the server started" />
      <ul className="divide-y divide-line">
        {data.map(({ id, reason }) => (
          <li key={id} className="space-y-0.5 px-4 py-3 sm:px-5">
            <p className="break-all font-medium">{id}</p>
            <p className="break-words text-muted">{reason}</p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
