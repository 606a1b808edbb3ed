import { useEffect, useRef, useState } from 'react';
import { mayUse } from '../../api/session.ts';
import { useSession } from '../../api/use-session.ts';
import { type Command, pageCommands } from '../../app/commands.ts';
import { LabelDialog, type Proposal } from '../../evaluation/datasets/label-dialog.tsx';
import type { Item, MessageItem } from '../items.ts';

/**
 * Makes labelled rows of the bot's answers, for people who review: by menu, or by L on the answer that has the focus. `onLabel` is
 * undefined for everybody else.
 */
export function useLabel(conversation: string, items: readonly Item[]) {
  const session = useSession();
  const allowed = session !== undefined && mayUse(session, 'review');
  const [proposal, setProposal] = useState<Proposal>();
  const propose = (id: string) => {
    const found = proposalOf(conversation, items, id);
    if (found) setProposal(found);
  };
  const latest = useRef(propose);
  latest.current = propose;
  useEffect(() => {
    if (!allowed) return;
    const command: Command = {
      id: 'label',
      title: 'Make the answer in focus a labelled row',
      keys: ['L'],
      press: 'l',
      run: () => {
        const answer = document.activeElement?.closest('[data-answer]');
        latest.current(answer?.getAttribute('data-answer') ?? '');
      },
    };
    pageCommands.set([...pageCommands.get(), command]);
    return () => pageCommands.set(pageCommands.get().filter((each) => each !== command));
  }, [allowed]);
  return {
    onLabel: allowed ? (item: MessageItem) => propose(item.id) : undefined,
    dialog: proposal && <LabelDialog proposal={proposal} onClose={() => setProposal(undefined)} />,
  };
}

/** The customer's question, for whoever writes what the answer should have been; undefined while it is not on the page. */
function proposalOf(conversation: string, items: readonly Item[], id: string): Proposal | undefined {
  const messages = items.filter((item) => item.kind === 'message');
  const answer = messages.find((each) => each.id === id);
  const question = messages.find((each) => each.id === answer?.questionId);
  if (!answer || !question) return undefined;
  return {
    input: question.text,
    expected: null,
    answer: answer.text,
    from: { conversationId: conversation, messageId: answer.id },
  };
}
