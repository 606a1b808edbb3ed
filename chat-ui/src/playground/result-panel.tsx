import { Braces, CodeXml, Link2, RotateCw, Sparkles, TriangleAlert } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { toast } from 'sonner';
import type { TaskItem } from '#contracts';
import { Button } from '../ui/button.tsx';
import { CopyButton, copyText } from '../ui/copy.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { Panel } from '../ui/panel.tsx';
import { TabList, TabPanel, Tabs } from '../ui/tabs.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { CodeView } from './code-view.tsx';
import { JsonTree } from './json-tree.tsx';
import { sameRequest } from './request.ts';
import { ResultSkeleton } from './result-skeleton.tsx';
import { linkableText, type View } from './search.ts';
import { Starters } from './starters.tsx';
import type { AnyTask, Outcome } from './task.ts';
import { Timing } from './timing.tsx';
import type { Workbench } from './use-workbench.ts';

const tabs = [
  {
    value: 'result',
    label: (
      <>
        <Sparkles aria-hidden="true" /> Result
      </>
    ),
  },
  {
    value: 'json',
    label: (
      <>
        <Braces aria-hidden="true" /> JSON
      </>
    ),
  },
  {
    value: 'code',
    label: (
      <>
        <CodeXml aria-hidden="true" /> Code
      </>
    ),
  },
];

function ResultBody({ task, outcome }: { task: AnyTask; outcome: Outcome }) {
  const { request, response } = outcome;
  if ('results' in response) {
    const texts = typeof request.input === 'string' ? [request.input] : request.input;
    return <task.Many items={response.results as TaskItem<unknown>[]} texts={texts} />;
  }
  return <task.One result={response.result} text={typeof request.input === 'string' ? request.input : ''} />;
}

function Notices({ bench, outcome }: { bench: Workbench; outcome: Outcome }) {
  return (
    <>
      {outcome.response.usage.truncated && (
        <p role="status" className="flex gap-2 bg-warning-soft px-4 py-2.5 text-warning sm:px-5">
          <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
          The text is longer than this model reads. Its end was left out of the result.
        </p>
      )}
      {!bench.running && !sameRequest(outcome.request, bench.request) && (
        <p className="flex items-center justify-between gap-3 bg-sunken px-4 py-1.5 text-muted sm:px-5">
          The input has changed since this result.
          <Button variant="ghost" size="small" onClick={bench.run} className="text-accent">
            <RotateCw aria-hidden="true" /> Run again
          </Button>
        </p>
      )}
    </>
  );
}

function Result({ bench }: { bench: Workbench }) {
  const { task, outcome, failure, running } = bench;
  if (failure && !running) return <ErrorState error={failure} onRetry={bench.run} />;
  if (!outcome) return running ? <ResultSkeleton /> : <Starters task={task} onPick={bench.pick} />;
  return (
    <div aria-busy={running} className={running ? 'opacity-55 transition-opacity delay-150' : 'appear'}>
      <Notices bench={bench} outcome={outcome} />
      <ResultBody task={task} outcome={outcome} />
    </div>
  );
}

async function copyLink(text: string): Promise<void> {
  if (!(await copyText(window.location.href))) return;
  const whole = !text || linkableText(text);
  toast.success(whole ? 'Link copied' : 'Link copied, without the text: it is too long for an address');
}

/** On a phone the answer comes below the fold; bring it up, but not the one that was already there. */
function useReveal(answer: unknown): React.RefObject<HTMLElement | null> {
  const place = useRef<HTMLElement>(null);
  const seen = useRef(answer);
  useEffect(() => {
    const below = place.current && place.current.getBoundingClientRect().top > window.innerHeight * 0.6;
    if (answer !== seen.current && below)
      place.current?.scrollIntoView({ behavior: 'smooth', block: 'start' });
    seen.current = answer;
  }, [answer]);
  return place;
}

export function ResultPanel({ bench }: { bench: Workbench }) {
  const { outcome, search } = bench;
  const place = useReveal(bench.failure ?? outcome);
  const view = search.view ?? 'result';
  const setView = (next: string) => bench.update({ view: next === 'result' ? undefined : (next as View) });
  return (
    <Panel ref={place} aria-label="Output" className="flex scroll-mt-18 flex-col">
      <Tabs value={view} onChange={setView} className="flex grow flex-col">
        <div className="flex items-center justify-between gap-2 border-line border-b pr-2 pl-1.5 sm:pl-2.5">
          <TabList label="View" tabs={tabs} />
          <Tooltip label="Copy a link to this input and these settings">
            <Button
              variant="ghost"
              size="icon"
              aria-label="Copy link"
              onClick={() => void copyLink(bench.text)}
            >
              <Link2 aria-hidden="true" />
            </Button>
          </Tooltip>
        </div>
        <TabPanel value="result">
          <Result bench={bench} />
        </TabPanel>
        <TabPanel value="json">
          {outcome ? (
            <div className="relative p-4 sm:p-5">
              <CopyButton
                text={() => JSON.stringify(outcome.response, null, 2)}
                what="JSON"
                variant="secondary"
                className="absolute top-4 right-4 z-10 size-8"
              />
              <JsonTree value={outcome.response} />
            </div>
          ) : (
            <EmptyState icon={Braces} title="No answer yet">
              Run something; the whole answer of the server appears here.
            </EmptyState>
          )}
        </TabPanel>
        <TabPanel value="code">
          <CodeView request={bench.request} />
        </TabPanel>
        {outcome && view !== 'code' && !bench.failure && (
          <div className="mt-auto">
            <Timing outcome={outcome} />
          </div>
        )}
      </Tabs>
    </Panel>
  );
}
