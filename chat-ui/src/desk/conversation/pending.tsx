import { Check, CircleAlert, Clock3 } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { type Pending, sendAgain, withdraw } from '../outbox.ts';

/** A reply or note on its way, or one that did not arrive. */
export function PendingMessage({
  pending,
  onEdit,
}: {
  pending: Pending;
  onEdit: (pending: Pending) => void;
}) {
  const { kind, text, state, problem } = pending;
  const failed = state === 'failed';
  return (
    <li
      className={cx(
        'flex w-fit max-w-[46rem] flex-col',
        kind === 'note' ? 'mx-auto items-center' : 'ml-auto items-end pl-6 sm:pl-12',
      )}
    >
      <div
        className={cx(
          'max-w-full whitespace-pre-wrap break-words rounded-2xl border px-3.5 py-2 leading-6',
          kind === 'note'
            ? 'border-warning/40 border-dashed bg-warning-soft'
            : 'rounded-tr-md border-accent/25 bg-accent-soft',
          failed && 'border-negative',
        )}
      >
        {text}
      </div>
      {failed ? (
        <div
          role="alert"
          className="mt-1.5 flex flex-wrap items-center justify-end gap-2 text-negative text-xs"
        >
          <CircleAlert className="size-3.5" aria-hidden="true" />
          <span className="min-w-0 break-words">Not sent. {problem}</span>
          <Button size="small" onClick={() => sendAgain(pending)}>
            Try again
          </Button>
          <Button
            size="small"
            variant="ghost"
            onClick={() => {
              withdraw(pending.id);
              onEdit(pending);
            }}
          >
            Edit
          </Button>
        </div>
      ) : (
        <p className="mt-1 flex items-center gap-1 text-faint text-xs">
          {state === 'sent' ? (
            <>
              <Check className="size-3.5" aria-hidden="true" /> Sent
            </>
          ) : (
            <>
              <Clock3 className="size-3.5" aria-hidden="true" /> Sending…
            </>
          )}
        </p>
      )}
    </li>
  );
}
