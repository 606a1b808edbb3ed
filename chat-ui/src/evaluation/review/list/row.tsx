import { Link } from '@tanstack/react-router';
import { EyeOff } from 'lucide-react';
import type { Review } from '#contracts';
import { Badge } from '../../../ui/badge.tsx';
import { buttonClass } from '../../../ui/button.tsx';
import { plural } from '../../../ui/format.ts';
import { Time } from '../../../ui/time.tsx';
import { Progress } from '../judging/progress.tsx';
import { agreementLine } from '../results/agreement.tsx';

/** One queue. */
export function ReviewRow({ review }: { review: Review }) {
  const { id, rubric, suite, blind, pairs, state, progress, agreement, createdAt, createdBy } = review;
  const open = state === 'open';
  return (
    <li className="relative flex flex-wrap items-center gap-x-6 gap-y-3 px-4 py-4 hover:bg-sunken/60 sm:px-5">
      <div className="min-w-0 grow basis-72 space-y-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Link
            to="/evaluation/reviews/$review"
            params={{ review: id }}
            data-entry
            className="break-words font-medium before:absolute before:inset-0 hover:text-accent hover:underline"
          >
            {rubric.title}
          </Link>
          <Badge tone={open ? 'accent' : 'plain'}>{open ? 'Open' : 'Closed'}</Badge>
          {blind && (
            <Badge>
              <EyeOff aria-hidden="true" /> Blind
            </Badge>
          )}
        </p>
        <p className="text-faint text-xs">
          <span className="font-mono">{suite}</span> · {plural(progress.items, pairs ? 'pair' : 'answer')} ·
          by {createdBy} <Time at={createdAt} />
        </p>
        {agreement && <p className="text-muted text-xs">{agreementLine(agreement)}</p>}
      </div>
      <div className="w-full space-y-1 sm:w-56">
        <Progress
          judged={progress.judged}
          wanted={progress.wanted}
          label={`Judgements of “${rubric.title}”`}
        />
        <p className="figures text-faint text-xs">
          {progress.done} of {plural(progress.items, 'item')} done
        </p>
      </div>
      <div className="empty:hidden sm:w-20 sm:text-right sm:empty:block">
        {open && progress.judged < progress.wanted && (
          <Link
            to="/evaluation/reviews/$review"
            params={{ review: id }}
            search={{ judge: true }}
            aria-label={`Judge “${rubric.title}”`}
            className={`${buttonClass('secondary', 'small')} relative`}
          >
            Judge
          </Link>
        )}
      </div>
    </li>
  );
}
