import type { ReviewScale } from '#contracts';
import { cx } from '../../../ui/cx.ts';
import { Kbd } from '../../../ui/kbd.tsx';
import type { Choice, Offered } from '../scale.ts';

interface ChoicesProps {
  scale: ReviewScale;
  offered: Offered[];
  marked: Choice | null;
  disabled: boolean;
  onChoose: (choice: Choice) => void;
}

/** What can be said of the item, each with its key. */
export function Choices({ scale, offered, marked, disabled, onChoose }: ChoicesProps) {
  const ends = scale.kind === 'scale' ? scale : undefined;
  return (
    <fieldset className="min-w-0 grow">
      <legend className="sr-only">Your judgement</legend>
      <div className="flex flex-wrap gap-2">
        {offered.map(({ choice, label, key }) => (
          <button
            key={choice}
            type="button"
            aria-pressed={marked === choice}
            aria-disabled={disabled}
            onClick={() => onChoose(choice)}
            className={cx(
              'inline-flex h-11 min-w-11 max-w-full items-center justify-center gap-2 rounded-lg border px-3.5 font-medium shadow-card transition-colors aria-disabled:cursor-default aria-disabled:opacity-60',
              marked === choice
                ? 'border-accent bg-accent text-accent-ink forced-colors:underline'
                : 'border-line-strong/60 bg-surface hover:bg-sunken',
              scale.kind === 'scale' ? 'figures' : 'grow sm:grow-0',
            )}
          >
            <span className="truncate">{label}</span>
            {key !== undefined && key !== label && <Kbd>{key}</Kbd>}
          </button>
        ))}
      </div>
      {(ends?.lowest || ends?.highest) && (
        <p className="mt-1 text-faint text-xs">
          {ends.lowest && `1: ${ends.lowest}`}
          {ends.lowest && ends.highest && ' · '}
          {ends.highest && `${ends.points}: ${ends.highest}`}
        </p>
      )}
    </fieldset>
  );
}
