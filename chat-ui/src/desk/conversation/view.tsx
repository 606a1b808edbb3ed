import { useCallback, useMemo, useRef, useState } from 'react';
import type { Transcript } from '#contracts';
import { client } from '../../api/client.ts';
import { type OpenedCitation, PassageSheet } from '../../conversation/passage-sheet.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Details } from '../details/details.tsx';
import { type DraftKind, setDraft } from '../drafts.ts';
import { itemsOf } from '../items.ts';
import { useNames } from '../names.ts';
import { hold, type Pending, send, usePending } from '../outbox.ts';
import { useColleaguesAt, usePresence } from '../presence.ts';
import { Collision } from './collision.tsx';
import { Composer } from './composer.tsx';
import { Header } from './header.tsx';
import { PendingMessage } from './pending.tsx';
import { TakeDialog } from './take-dialog.tsx';
import { TranscriptList } from './transcript-list.tsx';
import { TransferDialog } from './transfer-dialog.tsx';
import { useActions } from './use-actions.ts';
import { useConversationKeys } from './use-conversation-keys.ts';
import { useLabel } from './use-label.tsx';

interface ConversationViewProps {
  transcript: Transcript;
  me: string;
  loadOlder: () => void;
  loadingOlder: boolean;
  onDone: () => void;
  onNext: () => void;
}

/** One conversation: its header, what was said, and where to write. Beside it, where there is room, the details. */
export function ConversationView({
  transcript,
  me,
  loadOlder,
  loadingOlder,
  onDone,
  onNext,
}: ConversationViewProps) {
  const { entry, events, before } = transcript;
  const id = entry.id;
  const name = useNames(me);
  const items = useMemo(() => itemsOf(events), [events]);
  const ids = useMemo(() => new Set(items.map((item) => ('id' in item ? item.id : ''))), [items]);
  const pending = usePending(id, (each) => ids.has(each));
  const [kind, setKind] = useState<DraftKind>('reply');
  const [typing, setTyping] = useState(false);
  const [cited, setCited] = useState<OpenedCitation>();
  const [details, setDetails] = useState(false);
  const input = useRef<HTMLTextAreaElement>(null);
  const seen = useRef(0);
  const viewers = useColleaguesAt(id, me);
  const write = (what: DraftKind) => {
    setKind(what);
    input.current?.focus();
  };
  const actions = useActions({ entry, me, onDone, onTake: () => write('reply'), onNext });
  usePresence(id, typing);
  useConversationKeys({ entry, me, actions, write });
  const { onLabel, dialog: labelling } = useLabel(id, items);

  const onSeen = useCallback((seq: number) => {
    seen.current = Math.max(seen.current, seq);
  }, []);
  const submit = (text: string) => {
    const written = { conversation: id, kind, text, seenSeq: seen.current };
    const writing = viewers.filter((agent) => agent.typing).map((agent) => agent.name);
    if (kind === 'reply' && writing.length > 0) {
      hold(
        written,
        `${writing.join(' and ')} ${writing.length > 1 ? 'are' : 'is'} writing to this customer now.`,
      );
    } else send(written);
  };
  const edit = (taken: Pending) => {
    setDraft(id, taken.kind, taken.text);
    write(taken.kind);
  };
  const held = pending.find((each) => each.state === 'held');
  return (
    <>
      <section aria-label="Conversation" className="flex min-h-0 min-w-0 grow flex-col">
        <Header
          entry={entry}
          me={me}
          name={name}
          viewers={viewers}
          actions={actions}
          onDetails={() => setDetails(true)}
        />
        <TranscriptList
          entry={entry}
          items={items}
          me={me}
          name={name}
          onOlder={before === null ? undefined : loadOlder}
          loadingOlder={loadingOlder}
          onCite={(citation, quotes) => setCited({ citation, quotes })}
          onLabel={onLabel}
          onSeen={onSeen}
        >
          {pending
            .filter((each) => each.state !== 'held')
            .map((each) => (
              <PendingMessage key={each.id} pending={each} onEdit={edit} />
            ))}
        </TranscriptList>
        <TypingLine names={viewers.filter((agent) => agent.typing).map((agent) => agent.name)} />
        {held ? (
          <Collision key={held.id} pending={held} onEdit={edit} />
        ) : (
          <Composer
            conversation={id}
            kind={kind}
            onKind={setKind}
            consequence={consequenceOf(transcript, me, name)}
            onSend={submit}
            onTyping={setTyping}
            input={input}
          />
        )}
      </section>
      <aside
        aria-label="Details"
        className="hidden w-72 shrink-0 overflow-y-auto border-line border-l bg-surface @5xl:block"
      >
        <Details entry={entry} items={items} />
      </aside>
      <Sheet open={details} onOpenChange={setDetails} title="Details">
        <Details entry={entry} items={items} onLeave={() => setDetails(false)} />
      </Sheet>
      <PassageSheet
        opened={cited}
        onClose={() => setCited(undefined)}
        load={(passage) => client().knowledge.passage(passage)}
      />
      {labelling}
      {actions.asking === 'transfer' && (
        <TransferDialog me={me} onClose={actions.stopAsking} onChoose={actions.transferTo} />
      )}
      {actions.asking === 'take' && (
        <TakeDialog
          from={name(entry.owner.userId ?? '')}
          onClose={actions.stopAsking}
          onTake={actions.takeFrom}
        />
      )}
    </>
  );
}

function TypingLine({ names }: { names: string[] }) {
  return (
    <p role="status" className="h-5 shrink-0 truncate px-4 text-warning text-xs sm:px-6">
      {names.length > 0 && `${names.join(' and ')} ${names.length > 1 ? 'are' : 'is'} writing…`}
    </p>
  );
}

function consequenceOf(
  { entry: { owner } }: Transcript,
  me: string,
  name: (id: string) => string,
): string | null {
  if (owner.kind === 'bot') return 'Sending takes it over from the bot';
  if (owner.kind === 'closed') return 'Sending opens it again';
  if (owner.userId === me) return null;
  return owner.userId ? `${name(owner.userId)} has this conversation` : 'Sending makes it yours';
}
