import type { SummariesResult } from '#contracts';
import { CopyButton } from '../../../ui/copy.tsx';
import { plural } from '../../../ui/format.ts';
import { Conversation } from './conversation.tsx';
import { piecesOf } from './pieces.ts';

/** The summary, of a conversation what came of it, and the whole text with the chosen sentences marked. */
export function SummaryOne({ result, text }: { result: SummariesResult; text: string }) {
  const { sentences, conversation } = result;
  return (
    <div>
      <section className="space-y-2 p-4 sm:p-5">
        <div className="flex items-center justify-between gap-4">
          <h3 className="font-semibold">
            Summary{' '}
            <span className="font-normal text-faint text-xs">
              {result.sections === undefined
                ? plural(sentences.length, 'sentence')
                : `written from ${plural(result.sections, 'section')}`}
            </span>
          </h3>
          <CopyButton text={result.text} what="summary" />
        </div>
        {result.sections !== undefined && (
          <p dir="auto" className="break-words text-base">
            {result.text}
          </p>
        )}
        <ul className="max-h-96 space-y-2 overflow-y-auto">
          {sentences.map((sentence) => (
            <li key={sentence.start} dir="auto" className="break-words text-base">
              {sentence.text}
            </li>
          ))}
        </ul>
      </section>
      {conversation && <Conversation facts={conversation} />}
      {sentences.length > 0 && (
        <section className="space-y-3 border-line border-t p-4 sm:p-5">
          <h3 className="font-semibold">Where they stand</h3>
          <p dir="auto" className="max-h-96 overflow-y-auto whitespace-pre-wrap break-words leading-7">
            {piecesOf(text, sentences).map(({ start, text: piece, chosen }) =>
              chosen ? (
                <mark key={start} className="rounded-[3px] bg-accent-soft px-px text-ink">
                  {piece}
                </mark>
              ) : (
                <span key={start} className="text-muted">
                  {piece}
                </span>
              ),
            )}
          </p>
        </section>
      )}
    </div>
  );
}
