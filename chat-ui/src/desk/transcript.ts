import type { Transcript } from '#contracts';
import type { ChangeFrame } from './inbox.ts';

const lastSeqOf = ({ events }: Transcript): number => events.at(-1)?.seq ?? 0;

/**
 * The transcript after a change of its conversation; null when changes before this one are missing, so that it has to be
 * loaded again.
 */
export function withChange(transcript: Transcript, { cursor, event, entry }: ChangeFrame): Transcript | null {
  const last = lastSeqOf(transcript);
  if (event.seq > last + 1) return null;
  const newer = entry.lastSeq >= transcript.entry.lastSeq;
  return {
    ...transcript,
    entry: newer ? entry : transcript.entry,
    events: event.seq === last + 1 ? [...transcript.events, event] : transcript.events,
    cursor: Math.max(cursor, transcript.cursor),
  };
}

/** With what came before what is shown. */
export const withOlder = (transcript: Transcript, { events, before }: Transcript): Transcript => {
  const first = transcript.events[0]?.seq ?? Number.MAX_SAFE_INTEGER;
  return {
    ...transcript,
    events: [...events.filter((event) => event.seq < first), ...transcript.events],
    before,
  };
};

/** Its latest page, loaded again: what was read before stays when the two meet. */
export function reloaded(known: Transcript | undefined, latest: Transcript): Transcript {
  const first = latest.events[0]?.seq ?? 1;
  if (!known || first > lastSeqOf(known) + 1) return latest;
  return {
    ...latest,
    events: [...known.events.filter((event) => event.seq < first), ...latest.events],
    before: (known.events[0]?.seq ?? first) < first ? known.before : latest.before,
  };
}
