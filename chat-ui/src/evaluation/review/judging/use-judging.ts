import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { asParlanceError, type ReviewDetail, type Session } from '#contracts';
import { client } from '../../../api/client.ts';
import { connection } from '../../../api/connection.ts';
import { apiKey, signInNeeded } from '../../../api/session.ts';
import { recall, remember } from '../../../ui/store.ts';
import { reviewQuery, reviewsKey } from '../queries.ts';
import {
  createJudging,
  type Judging,
  type JudgingCalls,
  type JudgingState,
  type Notebook,
} from './judging.ts';

function callsOf(review: string): JudgingCalls {
  const reviews = () => client().evaluations.reviews;
  return {
    next: () => reviews().next(review),
    judge: (item, choice, comment) => reviews().judge(review, item, choice, comment),
    skip: (item) => reviews().skip(review, item),
    undo: (item) => reviews().undo(review, item),
  };
}

/** What one rater says in one queue. That of a key goes with its tab, as the key does. */
function notebookOf(review: string, session: Session): Notebook {
  const storage = apiKey.get() === null ? 'localStorage' : 'sessionStorage';
  const name = `parlance.judging.${session.user?.id ?? session.kind}.${review}`;
  return { read: () => recall(storage, name), write: (text) => remember(storage, name, text) };
}

/** One person's judging in a queue; undefined until it has begun. */
export function useJudging(review: string, session: Session | undefined): Judging | undefined {
  const [judging, setJudging] = useState<Judging>();
  const who = session && (session.user?.id ?? session.kind);
  const known = useRef(session);
  known.current = session;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same person read anew is no reason to begin anew
  useEffect(() => {
    if (!known.current) return;
    const begun = createJudging(callsOf(review), notebookOf(review, known.current));
    setJudging(begun);
    const stopWatching = connection.subscribe(() => {
      if (connection.get() === 'up' && begun.state.get().phase === 'waiting') begun.again();
    });
    return () => {
      stopWatching();
      begun.stop();
    };
  }, [review, who]);
  return judging;
}

/** Tells the rest of the page what judging brings about: how far the queue is, and that somebody has to sign in again. */
export function useConsequences(review: string, { phase, problem, added }: JudgingState): void {
  const cache = useQueryClient();
  const counted = useRef(0);
  useEffect(() => {
    const more = added - counted.current;
    counted.current = added;
    // Counted here: for every judgement the server would work out anew how far raters agree.
    cache.setQueryData(reviewQuery(review).queryKey, (detail) => detail && withJudged(detail, more));
  }, [cache, review, added]);
  const over = phase === 'finished' || phase === 'closed';
  useEffect(() => {
    if (over) void cache.invalidateQueries({ queryKey: reviewsKey });
  }, [cache, over]);
  useEffect(() => {
    if (problem && asParlanceError(problem).code === 'unauthorized') signInNeeded.set(true);
  }, [problem]);
}

function withJudged(detail: ReviewDetail, more: number): ReviewDetail {
  const { progress } = detail.review;
  return {
    ...detail,
    review: { ...detail.review, progress: { ...progress, judged: progress.judged + more } },
  };
}
