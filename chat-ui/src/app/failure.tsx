import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import { Bug, Compass } from 'lucide-react';
import { Button, buttonClass } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

/** A page that threw. The rest of the app stands; this offers the ways out. */
export function PageFailed({ error, reset }: ErrorComponentProps) {
  const text =
    error instanceof Error ? `${error.name}: ${error.message}\n${error.stack ?? ''}` : String(error);
  return (
    <EmptyState
      icon={Bug}
      title="This page broke"
      action={
        <>
          <Button variant="primary" onClick={reset}>
            Try again
          </Button>
          <Button onClick={() => window.location.assign('/')}>Start over</Button>
          <CopyButton text={text} what="the error" showLabel className="h-9" />
        </>
      }
    >
      The fault is in the page, not in your data. Nothing was sent anywhere.
    </EmptyState>
  );
}

export function NotFound() {
  return (
    <EmptyState
      icon={Compass}
      title="There is nothing at this address"
      action={
        <Link to="/" className={buttonClass('primary')}>
          Go to the playground
        </Link>
      }
    >
      The link may be old, or a letter is missing. The palette (Ctrl K) finds every page.
    </EmptyState>
  );
}
