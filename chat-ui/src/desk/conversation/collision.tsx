import { TriangleAlert } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { asFact } from '../../conversation/fact.ts';
import { Button } from '../../ui/button.tsx';
import { type Pending, sendAgain, withdraw } from '../outbox.ts';

/** Before two people answer at once: what its author had not read, and whether it is to be sent all the same. */
export function Collision({ pending, onEdit }: { pending: Pending; onEdit: (pending: Pending) => void }) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => box.current?.querySelector('button')?.focus(), []);
  const news = pending.news.flatMap((event) => {
    const fact = asFact(event);
    return fact?.type === 'message-added'
      ? [{ seq: event.seq, who: fact.data.authorName ?? 'The customer', text: fact.data.text }]
      : [];
  });
  const edit = () => {
    withdraw(pending.id);
    onEdit(pending);
  };
  return (
    <section
      ref={box}
      role="alertdialog"
      aria-modal="false"
      aria-label="Before this is sent"
      onKeyDown={({ key }) => key === 'Escape' && edit()}
      className="appear space-y-3 border-warning border-t-2 bg-warning-soft px-4 py-3 sm:px-6"
    >
      <p className="flex gap-2 font-medium text-warning">
        <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
        <span>{pending.problem}</span>
      </p>
      {news.length > 0 && (
        <ul aria-label="Written meanwhile" className="max-h-40 space-y-2 overflow-y-auto">
          {news.map(({ seq, who, text }) => (
            <li key={seq} className="rounded-lg border border-line bg-surface px-3 py-2">
              <span className="block text-faint text-xs">{who}</span>
              <span className="whitespace-pre-wrap break-words">{text}</span>
            </li>
          ))}
        </ul>
      )}
      <blockquote className="line-clamp-3 break-words border-line-strong border-l-2 pl-3 text-muted">
        {pending.text}
      </blockquote>
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" onClick={edit}>
          Back to my text
        </Button>
        <Button onClick={() => sendAgain(pending, true)}>Send anyway</Button>
      </div>
    </section>
  );
}
