import type { RunDetail } from '#contracts';
import { Badge } from '../../ui/badge.tsx';
import { Panel, PanelHeader } from '../../ui/panel.tsx';
import { Time } from '../../ui/time.tsx';

/** What people said about the run. The latest counts, the others are kept. */
export function VerdictsPanel({ summary, verdicts }: Pick<RunDetail, 'summary' | 'verdicts'>) {
  return (
    <Panel>
      <PanelHeader title="Verdicts" hint={verdicts.length > 1 ? 'The first one counts' : undefined} />
      {verdicts.length === 0 && (
        <p className="px-4 py-4 text-muted sm:px-5">
          {summary.needsVerdict
            ? 'Nobody has said yet what this run means. It stays on top of the list until somebody does.'
            : 'Nobody has signed one yet. A run that was accepted is what later ones are compared with.'}
        </p>
      )}
      <ol className="divide-y divide-line">
        {verdicts.map((verdict, place) => (
          <li key={verdict.id} className={`px-4 py-3 sm:px-5 ${place > 0 ? 'text-muted' : ''}`}>
            <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <Badge tone={place > 0 ? 'plain' : verdict.decision === 'accepted' ? 'good' : 'bad'}>
                {verdict.decision === 'accepted' ? 'Accepted' : 'Rejected'}
              </Badge>
              {verdict.despite && <Badge tone="warning">Despite its gates</Badge>}
              <span>by {verdict.byName}</span>
              <span className="text-faint text-xs">
                <Time at={verdict.at} />
              </span>
            </p>
            <p className="mt-1 whitespace-pre-line break-words">{verdict.reason}</p>
            <p className="mt-0.5 truncate font-mono text-faint text-xs" title={verdict.runSha256}>
              signs {verdict.runSha256}
            </p>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
