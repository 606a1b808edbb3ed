import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { pageCommands } from '../app/commands.ts';
import { Announcer } from '../ui/announcer.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { Composer } from './composer.tsx';
import { Greeting } from './greeting.tsx';
import { Header } from './header.tsx';
import { History } from './history.tsx';
import { post } from './outgoing.ts';
import { ThreadView } from './thread-view.tsx';
import { usePerson } from './use-person.ts';
import { beginConversation } from './use-thread.ts';

/** Where customers ask: this browser is one, whoever works here may be signed in. */
export function ChatPage() {
  const { conversation } = useParams({ strict: false });
  const navigate = useNavigate();
  const [history, setHistory] = useState(false);
  const begin = () => void navigate({ to: '/chat' });
  useCommands(begin);
  const shared = { onNew: begin, onHistory: () => setHistory(true) };
  return (
    <div className="@container h-full">
      <div className="flex h-full min-h-0">
        <aside
          aria-label="History"
          className="hidden w-64 shrink-0 border-line border-r bg-surface @3xl:block"
        >
          <History current={conversation} />
        </aside>
        <div className="flex min-w-0 grow flex-col">
          {conversation ? (
            <ThreadView key={conversation} id={conversation} {...shared} />
          ) : (
            <NewConversation {...shared} />
          )}
        </div>
      </div>
      <Sheet open={history} onOpenChange={setHistory} side="left" title="Your conversations">
        <History current={conversation} onChoose={() => setHistory(false)} />
      </Sheet>
      <Announcer />
    </div>
  );
}

/** The page before the first message, which opens the conversation. */
function NewConversation({ onNew, onHistory }: { onNew: () => void; onHistory: () => void }) {
  const navigate = useNavigate();
  const [id] = useState(beginConversation);
  const input = useRef<HTMLTextAreaElement>(null);
  const language = navigator.language.slice(0, 2).toLowerCase();
  const open = () => void navigate({ to: '/chat/$conversation', params: { conversation: id } });
  const person = usePerson(id, open);
  const send = (text: string) => {
    post(id, text);
    open();
  };
  return (
    <>
      <Header
        answering={{ kind: 'bot' }}
        language={language}
        onPerson={person.ask}
        asking={person.asking}
        onNew={onNew}
        onHistory={onHistory}
      />
      <div className="min-h-0 grow overflow-y-auto">
        <Greeting language={language} onAsk={send} />
      </div>
      <Composer
        input={input}
        onSend={send}
        onStop={undefined}
        stopping={false}
        placeholder="Ask a question…"
      />
    </>
  );
}

function useCommands(begin: () => void): void {
  const latest = useRef(begin);
  latest.current = begin;
  useEffect(() => {
    pageCommands.set([
      { id: 'new', title: 'New conversation', keys: ['N'], press: 'n', run: () => latest.current() },
    ]);
    return () => pageCommands.set([]);
  }, []);
}
