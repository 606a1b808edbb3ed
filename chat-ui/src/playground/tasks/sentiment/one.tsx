import type { SentimentResult } from '#contracts';
import { LabelChip } from '../../../sentiment/labels.tsx';
import { ProbabilityBars, ScoreScale } from '../../../sentiment/score.tsx';
import { formatSigned } from '../../../ui/format.ts';
import { Explained } from './explained.tsx';

/** The verdict on one text, then why, then sentence by sentence. */
export function SentimentVerdict({ result, text }: { result: SentimentResult; text: string }) {
  return (
    <div>
      <div className="grid grid-cols-1 gap-x-10 gap-y-6 p-4 sm:grid-cols-2 sm:p-5">
        <div className="space-y-4">
          <div className="flex items-center justify-between gap-4">
            <LabelChip label={result.label} large />
            <span aria-hidden="true" className="figures font-semibold text-3xl tracking-tight">
              {formatSigned(result.score)}
            </span>
          </div>
          <ScoreScale score={result.score} />
        </div>
        <div className="flex flex-col justify-center">
          <ProbabilityBars probabilities={result.probabilities} />
        </div>
      </div>
      {result.spans && <Explained text={text} spans={result.spans} label={result.label} />}
      {result.sentences && <Sentences sentences={result.sentences} />}
    </div>
  );
}

function Sentences({ sentences }: { sentences: NonNullable<SentimentResult['sentences']> }) {
  return (
    <section className="border-line border-t p-4 sm:p-5">
      <h3 className="mb-2 font-semibold">Sentence by sentence</h3>
      <ol className="divide-y divide-line">
        {sentences.map((sentence) => (
          <li
            key={sentence.start}
            className="grid grid-cols-1 gap-x-4 gap-y-1.5 py-2.5 sm:grid-cols-[minmax(0,1fr)_auto] sm:items-center"
          >
            <span className="break-words">{sentence.text}</span>
            <span className="flex items-center gap-3">
              <LabelChip label={sentence.label} />
              <ScoreScale score={sentence.score} small />
              <span aria-hidden="true" className="figures w-10 text-right font-medium">
                {formatSigned(sentence.score)}
              </span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
