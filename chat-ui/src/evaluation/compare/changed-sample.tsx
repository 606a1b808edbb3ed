import { Link } from '@tanstack/react-router';
import type { PairedSample } from '#contracts';
import { Badge } from '../../ui/badge.tsx';
import { ChangeBadge } from '../badges.tsx';
import { Said } from '../datasets/said.tsx';
import { formatFigure } from '../figures.ts';
import { lineOf, textOf } from '../line-of.ts';
import { differences, type Part } from '../review/judging/differences.ts';

interface ChangedSampleProps {
  sample: PairedSample;
  before: string;
  now: string;
}

/** One row, as it was answered before and now, with what differs marked. */
export function ChangedSample({ sample, before, now }: ChangedSampleProps) {
  const { id, input, expected, a, b, change } = sample;
  const [left, right] = marked(textOf(a.answer.output), textOf(b.answer.output));
  return (
    <article
      data-entry
      tabIndex={-1}
      aria-label={id}
      className="-outline-offset-2 scroll-mt-20 space-y-2.5 px-4 py-4 focus:bg-accent-soft/40 sm:px-5"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <ChangeBadge change={change} />
        <span className="figures text-muted">
          {formatFigure(a.value)} → <span className="font-semibold text-ink">{formatFigure(b.value)}</span>
        </span>
        <span className="break-all font-mono text-faint text-xs">{id}</span>
      </div>
      <p className="max-w-[90ch] whitespace-pre-line break-words">{lineOf(input)}</p>
      {expected !== null && (
        <div className="text-muted">
          <span className="block text-faint text-xs">Expected</span>
          <Said value={expected} />
        </div>
      )}
      <div className="grid grid-cols-1 gap-2.5 md:grid-cols-2">
        <Side title="Before" run={before} id={id} error={a.answer.error} parts={left} />
        <Side title="Now" run={now} id={id} error={b.answer.error} parts={right} />
      </div>
    </article>
  );
}

interface SideProps {
  title: 'Before' | 'Now';
  run: string;
  id: string;
  error: PairedSample['a']['answer']['error'];
  parts: Part[];
}

function Side({ title, run, id, error, parts }: SideProps) {
  const Mark = title === 'Before' ? 'del' : 'ins';
  const look =
    title === 'Before'
      ? 'bg-negative-soft text-negative decoration-negative'
      : 'bg-positive-soft text-positive decoration-positive';
  return (
    <div className="min-w-0 rounded-lg border border-line bg-sunken/50 px-3 py-2">
      <div className="mb-1 flex items-center justify-between gap-2 text-faint text-xs">
        <span>{title}</span>
        <Link
          to="/evaluation/runs/$run"
          params={{ run }}
          search={{ sample: id }}
          aria-label={`${title}: open ${id} in its run`}
          className="rounded hover:text-accent hover:underline"
        >
          Open
        </Link>
      </div>
      {error ? (
        <Badge tone="bad" className="whitespace-normal break-words">
          Error: {error.detail}
        </Badge>
      ) : (
        <div className="whitespace-pre-wrap break-words">
          {parts.map(({ text, own }, place) =>
            own ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never move
              <Mark key={place} className={`rounded-sm ${look}`}>
                {text}
              </Mark>
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never move
              <span key={place}>{text}</span>
            ),
          )}
        </div>
      )}
    </div>
  );
}

/** Texts that are too long for it are shown without marks. */
const marked = (before: string, now: string): [Part[], Part[]] =>
  differences(before, now) ?? [[{ text: before, own: false }], [{ text: now, own: false }]];
