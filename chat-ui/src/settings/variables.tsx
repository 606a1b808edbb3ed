import { Panel, PanelHeader } from '../ui/panel.tsx';

/** The settings that the server reports nowhere above, in the order one needs them. */
const variables = [
  {
    name: 'PARLANCE_DATA_DIR',
    does: 'Folder of the embedded database and stored files; .parlance if not set',
  },
  { name: 'PARLANCE_ALLOWED_HOSTS', does: 'Host names the server answers to besides its own, by commas' },
  { name: 'PARLANCE_CORS_ORIGINS', does: 'Other web pages that may call it, by commas' },
  { name: 'PARLANCE_RATE_PER_MINUTE', does: 'Requests a minute for keys without a limit of their own' },
  { name: 'PARLANCE_LOG_LEVEL', does: 'debug, info, warn, error or silent' },
];

export function Variables() {
  return (
    <Panel>
      <PanelHeader title="More settings" hint="Set them before starting the server" />
      <dl className="divide-y divide-line">
        {variables.map((variable) => (
          <div
            key={variable.name}
            className="grid grid-cols-1 gap-x-6 gap-y-0.5 px-4 py-2.5 sm:grid-cols-[16rem_minmax(0,1fr)] sm:px-5"
          >
            <dt className="break-all font-mono text-[0.8125rem]">{variable.name}</dt>
            <dd className="text-muted">{variable.does}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
