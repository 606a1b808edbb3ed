import { useNavigate, useSearch } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useEffect } from 'react';
import { pageCommands } from '../app/commands.ts';
import { Page } from '../app/page.tsx';
import { Button } from '../ui/button.tsx';
import { TabList, TabPanel, Tabs } from '../ui/tabs.tsx';
import { AuditLog } from './audit-log.tsx';
import { CreateDialog } from './create-dialog.tsx';
import { KeyList } from './key-list.tsx';
import type { KeysSearch } from './search.ts';

const tabs = [
  { value: 'keys', label: 'API keys' },
  { value: 'audit', label: 'Audit log' },
];

export function KeysPage() {
  const search = useSearch({ from: '/keys' });
  const navigate = useNavigate({ from: '/keys' });
  const update = (change: KeysSearch) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const openCreate = () => update({ create: true });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the command only navigates
  useEffect(() => {
    pageCommands.set([
      { id: 'audit', title: 'Show the audit log', run: () => update({ tab: 'audit' }) },
      { id: 'keys', title: 'Show the keys', run: () => update({ tab: undefined }) },
    ]);
    return () => pageCommands.set([]);
  }, []);
  return (
    <Page
      intro="Keys let programs in. Each is shown once and can be revoked at any time."
      actions={
        <Button variant="primary" onClick={openCreate}>
          <Plus aria-hidden="true" /> Create key
        </Button>
      }
    >
      <Tabs
        value={search.tab ?? 'keys'}
        onChange={(tab) => update({ tab: tab === 'audit' ? 'audit' : undefined })}
      >
        <TabList label="Keys and audit log" tabs={tabs} className="-ml-2.5 mb-5" />
        <TabPanel value="keys">
          <KeyList onCreate={openCreate} />
        </TabPanel>
        <TabPanel value="audit">
          <AuditLog />
        </TabPanel>
      </Tabs>
      {search.create && <CreateDialog onClose={() => update({ create: undefined })} />}
    </Page>
  );
}
