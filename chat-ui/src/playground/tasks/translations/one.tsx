import type { TranslationsResult } from '#contracts';
import { CopyButton } from '../../../ui/copy.tsx';
import { nameOf } from './languages.ts';

/** The translation with its layout, then each sentence beside what it was. */
export function TranslationsOne({ result }: { result: TranslationsResult; text: string }) {
  const { text, source, target, segments } = result;
  return (
    <div className="space-y-4 p-4 sm:p-5">
      <div className="flex flex-wrap items-center justify-between gap-4">
        <p className="text-muted">
          {segments.length === 0
            ? `This is ${nameOf(target)} already.`
            : `From ${nameOf(source)} into ${nameOf(target)}`}
        </p>
        <CopyButton text={() => text} what="translation" variant="secondary" showLabel />
      </div>
      <p lang={target} className="whitespace-pre-wrap break-words text-base leading-7">
        {text}
      </p>
      {segments.length > 0 && (
        <section>
          <h3 className="mb-2 font-semibold">Sentence by sentence</h3>
          <ol className="divide-y divide-line">
            {segments.map((segment) => (
              <li key={segment.start} className="grid grid-cols-1 gap-x-6 gap-y-1 py-2.5 sm:grid-cols-2">
                <span lang={source} className="break-words text-muted">
                  {segment.source}
                </span>
                <span lang={target} className="break-words">
                  {segment.text}
                  {segment.score === null && <span className="ml-2 text-faint text-xs">kept</span>}
                </span>
              </li>
            ))}
          </ol>
        </section>
      )}
    </div>
  );
}
