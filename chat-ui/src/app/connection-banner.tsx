import { WifiOff } from 'lucide-react';
import { useState } from 'react';
import { checkConnection, connection } from '../api/connection.ts';
import { Button } from '../ui/button.tsx';

/** Says that the server is silent and keeps trying; what is on the page stays usable to read. */
export function ConnectionBanner() {
  const state = connection.use();
  const [checking, setChecking] = useState(false);
  if (state === 'up') return null;
  const retry = async () => {
    setChecking(true);
    await checkConnection();
    setChecking(false);
  };
  return (
    <div
      role="alert"
      className="flex items-center gap-3 border-line border-b bg-warning-soft px-4 py-2 text-warning sm:px-6"
    >
      <WifiOff className="size-4 shrink-0" aria-hidden="true" />
      <p className="min-w-0 flex-1">
        <span className="font-semibold">The server does not answer.</span> Trying again every 3 seconds.
      </p>
      <Button size="small" disabled={checking} onClick={() => void retry()}>
        {checking ? 'Checking…' : 'Try now'}
      </Button>
    </div>
  );
}
