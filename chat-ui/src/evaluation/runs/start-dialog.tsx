import { Dialog } from '../../ui/dialog.tsx';
import { StartForm } from './start-form.tsx';
import { useStartJob } from './use-jobs.ts';

/** Chooses a suite for the server to run. */
export function StartDialog({ onClose }: { onClose: () => void }) {
  const start = useStartJob(onClose);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Run a suite"
      description="The server asks the target every row of the suite and keeps the run. Runs wait for one another."
      className="sm:max-w-2xl"
    >
      <StartForm busy={start.isPending} error={start.error} onStart={start.mutate} onCancel={onClose} />
    </Dialog>
  );
}
