import { X } from 'lucide-react';
import { useEffect } from 'react';
import type { Rubric } from '#contracts';
import { Button } from '../../../ui/button.tsx';
import { MarkdownText } from '../../../ui/markdown.tsx';

/** What raters go by, beside the item: it takes no key away from judging. */
export function Guideline({ rubric, onClose }: { rubric: Rubric; onClose: () => void }) {
  useEffect(() => {
    const onKeyDown = ({ key, target }: KeyboardEvent) => {
      if (key === 'Escape' && !(target instanceof HTMLTextAreaElement)) onClose();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [onClose]);
  return (
    <aside
      aria-label="Guideline"
      className="appear fixed inset-x-0 bottom-[calc(3.5rem+env(safe-area-inset-bottom))] z-30 flex max-h-[60dvh] flex-col rounded-t-2xl border border-line bg-raised shadow-float md:top-20 md:right-4 md:bottom-auto md:left-auto md:w-96 md:rounded-2xl"
    >
      <div className="flex items-center justify-between gap-3 border-line border-b py-1.5 pr-1.5 pl-4">
        <h2 className="font-semibold">Guideline</h2>
        <Button variant="ghost" size="icon" aria-label="Close the guideline" onClick={onClose}>
          <X aria-hidden="true" />
        </Button>
      </div>
      <section
        aria-label="Text of the guideline"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: without it the keyboard cannot scroll the box
        tabIndex={0}
        className="-outline-offset-2 overflow-y-auto px-4 py-1"
      >
        <GuidelineText rubric={rubric} />
      </section>
    </aside>
  );
}

export function GuidelineText({ rubric }: { rubric: Rubric }) {
  return rubric.guideline.trim() === '' ? (
    <p className="my-3 text-muted">Whoever made this queue wrote no guideline. Judge by its title.</p>
  ) : (
    <MarkdownText text={rubric.guideline} />
  );
}
