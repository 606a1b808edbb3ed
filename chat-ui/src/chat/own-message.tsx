import { Check, CircleAlert, Clock3 } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { ClockTime } from '../ui/time.tsx';
import { drop, mark, type Outgoing } from './outgoing.ts';

/** What the customer wrote. `state` is undefined once it is in the conversation. */
export function OwnMessage({
  id,
  text,
  at,
  outgoing,
}: {
  id: string;
  text: string;
  at: string;
  outgoing?: Outgoing;
}) {
  return (
    <li data-key={id} className="group flex flex-col items-end pl-10 sm:pl-20">
      <div
        className={cx(
          'max-w-full whitespace-pre-wrap break-words rounded-2xl rounded-br-md bg-accent-soft px-4 py-2.5 leading-7 forced-colors:border',
          outgoing?.state === 'failed' && 'ring-1 ring-negative',
        )}
      >
        <span className="sr-only">You: </span>
        {text}
      </div>
      {outgoing?.state === 'failed' ? (
        <Failed outgoing={outgoing} />
      ) : (
        <p className="mt-1 flex h-4 items-center gap-1 text-faint text-xs">
          {outgoing ? <State state={outgoing.state} /> : <ClockTime at={at} />}
        </p>
      )}
    </li>
  );
}

function State({ state }: { state: Outgoing['state'] }) {
  const Icon = state === 'sent' ? Check : Clock3;
  return (
    <>
      <Icon className="size-3.5" aria-hidden="true" />
      {state === 'sent' ? 'Sent' : state === 'sending' ? 'Sending…' : 'Waiting to be sent'}
    </>
  );
}

function Failed({ outgoing: { id, problem } }: { outgoing: Outgoing }) {
  return (
    <div role="alert" className="mt-1.5 flex flex-wrap items-center justify-end gap-2 text-negative text-xs">
      <CircleAlert className="size-3.5" aria-hidden="true" />
      <span className="min-w-0 break-words">Not sent. {problem}</span>
      <Button size="small" onClick={() => mark(id, 'waiting')} className="max-sm:h-11">
        Try again
      </Button>
      <Button size="small" variant="ghost" onClick={() => drop(id)} className="max-sm:h-11">
        Delete
      </Button>
    </div>
  );
}
