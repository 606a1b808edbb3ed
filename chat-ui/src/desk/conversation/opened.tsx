import { Link } from '@tanstack/react-router';
import { buttonClass } from '../../ui/button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useConversation } from '../use-conversation.ts';
import { ConversationView } from './view.tsx';

interface OpenedProps {
  id: string;
  me: string;
  onDone: () => void;
  onNext: () => void;
}

/** The conversation of the address: on its way, not to be had, or there. */
export function Opened({ id, ...rest }: OpenedProps) {
  const { transcript, error, retry, loadOlder, loadingOlder } = useConversation(id);
  if (transcript) {
    return (
      <ConversationView
        transcript={transcript}
        loadOlder={() => void loadOlder()}
        loadingOlder={loadingOlder}
        {...rest}
      />
    );
  }
  if (error) {
    return (
      <div className="grow">
        <ErrorState error={error} onRetry={retry} />
        <Link to="/desk" search={true} className={`${buttonClass('secondary', 'small')} ml-5`}>
          Back to the inbox
        </Link>
      </div>
    );
  }
  return <ConversationSkeleton />;
}

function ConversationSkeleton() {
  return (
    <div role="status" className="flex min-w-0 grow flex-col">
      <span className="sr-only">Loading the conversation</span>
      <div className="flex items-center justify-between border-line border-b bg-surface px-4 py-3">
        <div className="space-y-2">
          <Skeleton className="h-4 w-36" />
          <Skeleton className="h-4 w-24" />
        </div>
        <Skeleton className="h-8 w-40" />
      </div>
      <div className="grow space-y-6 p-6">
        {['w-2/3', 'ml-auto w-1/2', 'w-1/2', 'ml-auto w-2/3'].map((width) => (
          <Skeleton key={width} className={`h-16 rounded-2xl ${width}`} />
        ))}
      </div>
    </div>
  );
}
