import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Upload } from 'lucide-react';
import { useEffect } from 'react';
import { mayUse } from '../api/session.ts';
import { useSession } from '../api/use-session.ts';
import { pageCommands } from '../app/commands.ts';
import { Page } from '../app/page.tsx';
import { Badge } from '../ui/badge.tsx';
import { TabList, TabPanel, Tabs } from '../ui/tabs.tsx';
import { type KnowledgeSearch, type KnowledgeTab, knowledgeSearch } from './address.ts';
import { IntentsTab } from './intents/tab.tsx';
import { gapsQuery } from './queries.ts';
import { QuestionsTab } from './questions/tab.tsx';
import { SearchTab } from './search/tab.tsx';
import { FileButton } from './sources/file-button.tsx';
import { SourcesTab } from './sources/tab.tsx';
import { addFiles } from './sources/uploads.ts';

const titles: Record<KnowledgeTab, string> = {
  sources: 'Sources',
  search: 'Search',
  questions: 'Questions without an answer',
  intents: 'Intents',
};
const names = Object.keys(titles) as KnowledgeTab[];

export function KnowledgePage() {
  const search = useSearch({ from: '/knowledge/' });
  const navigate = useNavigate({ from: '/knowledge/' });
  const editable = mayUse(useSession(), 'admin');
  const waiting = useQuery(gapsQuery).data?.length ?? 0;
  const tab = search.tab ?? 'sources';
  const show = (next: KnowledgeSearch) => void navigate({ search: next, replace: true });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the commands only navigate
  useEffect(() => {
    pageCommands.set(
      names.map((name) => ({
        id: name,
        title: `Show ${titles[name].toLowerCase()}`,
        run: () => show(knowledgeSearch({ tab: name })),
      })),
    );
    return () => pageCommands.set([]);
  }, []);
  const within = (values: KnowledgeSearch) => show({ tab: search.tab, ...values });
  return (
    <Page
      wide
      intro="What the bot answers from, what it would find for a question, and what it could not answer."
      actions={
        editable &&
        tab === 'sources' && (
          <FileButton variant="primary" multiple onFiles={addFiles}>
            <Upload aria-hidden="true" /> Add documents
          </FileButton>
        )
      }
    >
      <Tabs manual value={tab} onChange={(next) => show(knowledgeSearch({ tab: next }))}>
        <TabList
          label="Knowledge base"
          className="-ml-2.5 mb-5"
          tabs={names.map((name) => ({
            value: name,
            label: name === 'questions' ? <QuestionsLabel waiting={waiting} /> : titles[name],
          }))}
        />
        <TabPanel value="sources">
          <SourcesTab query={search.q ?? ''} language={search.lang} onFilter={within} />
        </TabPanel>
        <TabPanel value="search">
          <SearchTab key={search.tab} query={search.q ?? ''} language={search.lang} onSearch={within} />
        </TabPanel>
        <TabPanel value="questions">
          <QuestionsTab />
        </TabPanel>
        <TabPanel value="intents">
          <IntentsTab />
        </TabPanel>
      </Tabs>
    </Page>
  );
}

/** In one word where there is no room for four. */
function QuestionsLabel({ waiting }: { waiting: number }) {
  return (
    <>
      <span className="sm:hidden">Unanswered</span>
      <span className="hidden sm:inline">{titles.questions}</span>
      {waiting > 0 && <Badge tone="warning">{waiting}</Badge>}
    </>
  );
}
