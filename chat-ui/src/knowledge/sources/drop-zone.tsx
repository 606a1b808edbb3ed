import { FileUp } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { droppedFiles, type NamedFile } from './dropped.ts';

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

/** Takes files that are dropped anywhere in the window, and says so while they are held over it. */
export function DropZone({
  onFiles,
  invitation = 'Let go to add them to the knowledge base',
  children,
}: {
  onFiles: (files: NamedFile[]) => void;
  invitation?: string;
  children: ReactNode;
}) {
  const [over, setOver] = useState(false);
  useEffect(() => {
    // Entering a child leaves its parent: what counts is the balance.
    let depth = 0;
    const enter = (event: DragEvent) => {
      if (hasFiles(event) && ++depth > 0) setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (hasFiles(event) && --depth <= 0) setOver(false);
    };
    const hold = (event: DragEvent) => hasFiles(event) && event.preventDefault();
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      if (event.dataTransfer) void droppedFiles(event.dataTransfer).then(onFiles);
    };
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragleave', leave);
    window.addEventListener('dragover', hold);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('dragover', hold);
      window.removeEventListener('drop', drop);
    };
  }, [onFiles]);
  return (
    <>
      {children}
      {over && (
        <div
          aria-hidden="true"
          className="pointer-events-none fixed inset-3 z-50 grid place-items-center rounded-2xl border-2 border-accent border-dashed bg-canvas/85"
        >
          <p className="flex flex-col items-center gap-3 font-semibold text-accent text-lg">
            <FileUp className="size-8" />
            {invitation}
          </p>
        </div>
      )}
    </>
  );
}
