import { toast } from 'sonner';
import { asParlanceError } from '#contracts';
import { createStore } from './store.ts';

const graceMs = 7000;

/** The ids of what is going: lists leave it out while it can still come back. */
export const leaving = createStore<ReadonlySet<string>>(new Set());

function hide(id: string): void {
  leaving.set(new Set([...leaving.get(), id]));
}

function show(id: string): void {
  leaving.set(new Set([...leaving.get()].filter((each) => each !== id)));
}

/**
 * Removes something a few seconds later, unless the notice is undone. Closing the page does not wait: `remove` is then
 * called at once and has to finish without it.
 */
export function removeUndoably({
  id,
  notice,
  remove,
}: {
  id: string;
  notice: string;
  remove: () => Promise<unknown>;
}): void {
  let settled = false;
  const settle = async () => {
    if (settled) return;
    settled = true;
    window.removeEventListener('pagehide', settle);
    try {
      await remove();
    } catch (error) {
      toast.error(asParlanceError(error).message);
    } finally {
      show(id);
    }
  };
  const undo = () => {
    settled = true;
    window.removeEventListener('pagehide', settle);
    show(id);
  };
  hide(id);
  window.addEventListener('pagehide', settle);
  toast(notice, {
    duration: graceMs,
    action: { label: 'Undo', onClick: undo },
    onAutoClose: () => void settle(),
    onDismiss: () => void settle(),
  });
}
