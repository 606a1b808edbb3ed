import { LockKeyhole, TriangleAlert } from 'lucide-react';
import { asParlanceError } from '#contracts';
import { Button } from './button.tsx';
import { CopyButton } from './copy.tsx';
import { cx } from './cx.ts';

const titles: Partial<Record<string, string>> = {
  forbidden: 'You may not do that',
  unauthorized: 'Sign in to see this',
  overloaded: 'The server is busy',
  timeout: 'It took too long',
  model_unavailable: 'The model is not available',
  not_found: 'It is not here',
  provider_failed: 'The server could not be reached',
};

/** A failure where content would be: what happened, what to do, and the id that finds it in the server's log. */
export function ErrorState({
  error,
  onRetry,
  className,
}: {
  error: unknown;
  onRetry?: () => void;
  className?: string;
}) {
  const known = asParlanceError(error);
  const { errors, requestId } = known.details;
  const Icon = known.code === 'forbidden' || known.code === 'unauthorized' ? LockKeyhole : TriangleAlert;
  return (
    <div role="alert" className={cx('flex gap-3.5 p-5', className)}>
      <div className="grid size-9 shrink-0 place-items-center rounded-lg bg-negative-soft text-negative">
        <Icon className="size-[1.125rem]" aria-hidden="true" />
      </div>
      <div className="min-w-0 space-y-1">
        <h3 className="font-semibold">{titles[known.code] ?? 'That did not work'}</h3>
        <p className="break-words text-muted">{known.message}</p>
        {errors && errors.length > 1 && (
          <ul className="list-disc space-y-0.5 pl-5 text-muted">
            {errors.map((each) => (
              <li key={each.pointer + each.detail}>
                <code className="font-mono text-xs">{each.pointer || '/'}</code> {each.detail}
              </li>
            ))}
          </ul>
        )}
        {requestId && (
          <p className="flex flex-wrap items-center gap-1 text-faint text-xs">
            Request <code className="break-all font-mono">{requestId}</code>
            <CopyButton text={requestId} what="request id" className="size-7" />
          </p>
        )}
        {onRetry && (
          <Button size="small" className="mt-2" onClick={onRetry}>
            Try again
          </Button>
        )}
      </div>
    </div>
  );
}
