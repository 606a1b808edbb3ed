import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { toast } from 'sonner';
import type { TaskName } from '#contracts';
import { systemQuery } from '../api/queries.ts';
import { pageCommands } from '../app/commands.ts';
import { Page } from '../app/page.tsx';
import { copyText } from '../ui/copy.tsx';
import { modifierKey } from '../ui/kbd.tsx';
import { TabList, TabPanel, Tabs } from '../ui/tabs.tsx';
import { InputPanel } from './input-panel.tsx';
import { allTasks } from './registry.ts';
import { ResultPanel } from './result-panel.tsx';
import { curl } from './snippets/index.ts';
import { useWorkbench, type Workbench } from './use-workbench.ts';

const tabs = allTasks.map((task) => ({
  value: task.name,
  label: (
    <>
      <task.icon aria-hidden="true" /> {task.title}
    </>
  ),
}));

/** What the palette can do here. */
function useCommands({ run, cancel, request, update, setText }: Workbench): void {
  const needsKey = useQuery(systemQuery).data?.authentication === 'keys';
  useEffect(() => {
    const copyCurl = async () => {
      const code = curl.write(request, { origin: window.location.origin, needsKey });
      if (await copyText(code)) toast.success('Copied as curl');
    };
    pageCommands.set([
      { id: 'run', title: 'Run the playground', keys: [modifierKey, 'Enter'], run },
      { id: 'cancel', title: 'Cancel the run', keys: ['Esc'], run: cancel },
      { id: 'curl', title: 'Copy as curl', run: () => void copyCurl() },
      { id: 'code', title: 'Show the code', run: () => update({ view: 'code' }) },
      { id: 'clear', title: 'Clear the text', run: () => setText('') },
    ]);
    return () => pageCommands.set([]);
  }, [run, cancel, request, update, setText, needsKey]);
}

export function PlaygroundPage() {
  const bench = useWorkbench();
  useCommands(bench);
  return (
    <Page wide>
      <Tabs value={bench.task.name} onChange={(name) => bench.setTask(name as TaskName)}>
        <div className="-mt-2 mb-4 border-line border-b">
          <TabList label="Task" tabs={tabs} className="-ml-2.5 [&_svg]:hidden 2xl:[&_svg]:block" />
        </div>
        <TabPanel
          value={bench.task.name}
          className="grid items-start gap-5 lg:grid-cols-[minmax(0,5fr)_minmax(0,7fr)]"
        >
          <InputPanel bench={bench} />
          <ResultPanel bench={bench} />
        </TabPanel>
      </Tabs>
    </Page>
  );
}
