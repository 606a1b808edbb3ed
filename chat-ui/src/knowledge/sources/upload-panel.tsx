import { Link } from '@tanstack/react-router';
import { Ban, Check, CircleAlert, LoaderCircle, RotateCw, X } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { formatBytes, formatPercent, plural } from '../../ui/format.ts';
import { Panel, PanelHeader } from '../../ui/panel.tsx';
import { isUnderWay, mayCancel, mayRetry, summaryOf, type Upload, type UploadState } from './upload.ts';
import { cancelUpload, dismissUploads, retryUpload, uploads } from './uploads.ts';

const marks: Record<UploadState, { icon: typeof Check; className: string }> = {
  waiting: { icon: LoaderCircle, className: 'text-faint' },
  sending: { icon: LoaderCircle, className: 'animate-spin text-accent' },
  reading: { icon: LoaderCircle, className: 'animate-spin text-accent' },
  done: { icon: Check, className: 'text-positive' },
  failed: { icon: CircleAlert, className: 'text-negative' },
  cancelled: { icon: Ban, className: 'text-faint' },
};

function wordsOf({ state, sent, problem, source, file }: Upload): string {
  if (state === 'waiting') return 'Waiting for its turn';
  if (state === 'sending') return `Sending, ${Math.round(sent * 100)} % of ${formatBytes(file.size)}`;
  if (state === 'reading') return 'Reading it…';
  if (state === 'failed') return problem ?? 'That did not work.';
  if (state === 'cancelled') return 'Cancelled';
  return source ? plural(source.passages, 'passage') : 'Added';
}

function Bar({ upload }: { upload: Upload }) {
  const indeterminate = upload.state === 'reading';
  return (
    <div
      role="progressbar"
      aria-label={`Sending ${upload.name}`}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={indeterminate ? undefined : Math.round(upload.sent * 100)}
      aria-valuetext={indeterminate ? 'Reading' : formatPercent(upload.sent)}
      className="mt-1.5 h-1 overflow-hidden rounded-full bg-neutral-soft forced-colors:border"
    >
      <div
        className={cx(
          'h-full rounded-full bg-accent transition-[width] forced-colors:bg-[Highlight]',
          indeterminate && 'pulse-soft',
        )}
        style={{ width: `${upload.sent * 100}%` }}
      />
    </div>
  );
}

function Row({ upload }: { upload: Upload }) {
  const { icon: Icon, className } = marks[upload.state];
  return (
    <li className="flex items-start gap-3 px-4 py-2.5 sm:px-5">
      <Icon className={cx('mt-0.5 size-4 shrink-0', className)} aria-hidden="true" />
      <div className="min-w-0 grow">
        <p className="truncate font-medium" title={upload.name}>
          {upload.source && upload.state === 'done' ? (
            <Link
              to="/knowledge/sources/$source"
              params={{ source: upload.source.id }}
              className="hover:underline"
            >
              {upload.name}
            </Link>
          ) : (
            upload.name
          )}
        </p>
        <p className={cx('text-xs', upload.state === 'failed' ? 'text-negative' : 'text-faint')}>
          {wordsOf(upload)}
        </p>
        {(upload.state === 'sending' || upload.state === 'reading') && <Bar upload={upload} />}
      </div>
      {mayRetry(upload) && (
        <Button size="small" aria-label={`Try ${upload.name} again`} onClick={() => retryUpload(upload.id)}>
          <RotateCw aria-hidden="true" /> Retry
        </Button>
      )}
      {mayCancel(upload) && (
        <Button size="small" aria-label={`Cancel ${upload.name}`} onClick={() => cancelUpload(upload.id)}>
          Cancel
        </Button>
      )}
      {!isUnderWay(upload) && (
        <Button
          variant="ghost"
          size="icon"
          aria-label={`Take ${upload.name} off this list`}
          onClick={() => dismissUploads(upload.id)}
          className="-mr-1.5 size-8"
        >
          <X aria-hidden="true" />
        </Button>
      )}
    </li>
  );
}

/** The files that are on their way, and what became of those before. */
export function UploadPanel() {
  const all = uploads.use();
  if (all.length === 0) return null;
  return (
    <Panel className="mb-5">
      <PanelHeader title="Uploads" hint={<span role="status">{summaryOf(all)}</span>}>
        {!all.some(isUnderWay) && (
          <Button size="small" onClick={() => dismissUploads()}>
            Clear
          </Button>
        )}
      </PanelHeader>
      <ul className="max-h-72 divide-y divide-line overflow-y-auto">
        {all.map((upload) => (
          <Row key={upload.id} upload={upload} />
        ))}
      </ul>
    </Panel>
  );
}
