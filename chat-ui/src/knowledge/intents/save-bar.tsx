import { useBlocker } from '@tanstack/react-router';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { plural } from '../../ui/format.ts';

interface SaveBarProps {
  changes: number;
  faults: number;
  problem: string | undefined;
  saving: boolean;
  onSave: () => void;
  onDiscard: () => void;
}

/** What is not saved yet, in view for as long as there is any, and a question before it is lost. */
export function SaveBar({ changes, faults, problem, saving, onSave, onDiscard }: SaveBarProps) {
  const blocker = useBlocker({
    shouldBlockFn: ({ next }) => changes > 0 && !('tab' in next.search && next.search.tab === 'intents'),
    enableBeforeUnload: changes > 0,
    withResolver: true,
  });
  const trouble = problem ?? (faults > 0 ? `${plural(faults, 'intent')} must be mended first.` : undefined);
  return (
    <>
      {changes > 0 && (
        <section
          aria-label="Unsaved changes"
          className="appear sticky bottom-[calc(4.25rem+env(safe-area-inset-bottom))] z-20 mt-4 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-xl border border-line bg-raised px-4 py-3 shadow-float md:bottom-4"
        >
          <p className="min-w-0 grow">
            <span className="font-medium">{plural(changes, 'change')} not saved.</span>{' '}
            {trouble && (
              <span role="alert" className="text-negative">
                {trouble}
              </span>
            )}
          </p>
          <div className="flex gap-2">
            <Button onClick={onDiscard} disabled={saving}>
              Discard
            </Button>
            <Button variant="primary" onClick={onSave} disabled={saving}>
              {saving ? 'Saving…' : 'Save all'}
            </Button>
          </div>
        </section>
      )}
      <Confirm
        open={blocker.status === 'blocked'}
        onOpenChange={(open) => !open && blocker.reset?.()}
        title={`Throw away ${plural(changes, 'change')}?`}
        action="Throw away"
        onConfirm={() => blocker.proceed?.()}
      >
        The intents have not been saved. What you changed is lost if you leave.
      </Confirm>
    </>
  );
}
