import { useEffect, useRef, useState } from 'react';
import { Dialog } from '../ui/dialog.tsx';
import { formatBytes } from '../ui/format.ts';
import { SkeletonBlock } from '../ui/skeleton.tsx';
import { type Preview, previewOf } from './preview.ts';
import { StartForm } from './start-form.tsx';
import { useStartBatch } from './use-batches.ts';

/** Asks what to do with a file, and sends it. */
export function StartDialog({ file, onClose }: { file: File; onClose: () => void }) {
  const [preview, setPreview] = useState<Preview>();
  const [unknown, setUnknown] = useState(false);
  const [share, setShare] = useState(0);
  const start = useStartBatch(setShare, onClose);
  const sending = useRef<AbortController>(undefined);
  const leave = () => {
    sending.current?.abort();
    onClose();
  };
  useEffect(() => {
    void previewOf(file).then((found) => (found ? setPreview(found) : setUnknown(true)));
  }, [file]);
  return (
    <Dialog
      open
      onOpenChange={leave}
      title={file.name}
      description={formatBytes(file.size)}
      className="sm:max-w-2xl"
    >
      {unknown ? (
        <p role="alert" className="text-negative">
          A job takes CSV (.csv, .tsv), JSON Lines (.jsonl, .ndjson) or a text on each line (.txt). Save the
          file as one of these.
        </p>
      ) : preview ? (
        <StartForm
          preview={preview}
          sent={start.isPending ? share : undefined}
          error={start.error}
          onStart={(fields) => {
            setShare(0);
            sending.current = new AbortController();
            start.mutate({ file, fields, signal: sending.current.signal });
          }}
          onCancel={leave}
        />
      ) : (
        <SkeletonBlock label="Reading the beginning" lines={4} />
      )}
    </Dialog>
  );
}
