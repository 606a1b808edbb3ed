const heartbeatMs = 15_000;

/** One server-sent event. */
export function sseEvent(data: unknown, id?: number): string {
  return `${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;
}

/**
 * The body of a server-sent event stream: what `open` yields, and a comment whenever nothing came for 15 seconds. Pieces are
 * taken as fast as the reader takes them and no faster. The reader leaving, or `stop`, aborts the signal that `open` is
 * given; a reader that takes nothing by then is broken off by `drop`.
 */
export function sseBody(
  open: (signal: AbortSignal) => AsyncIterable<string>,
  { stop, drop }: { stop: AbortSignal; drop: () => void },
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const leaving = new AbortController();
  const pieces = open(leaving.signal)[Symbol.asyncIterator]();
  let next: Promise<IteratorResult<string>> | undefined;
  let taking = false;
  const end = () => {
    leaving.abort();
    if (!taking) drop();
  };
  const over = () => stop.removeEventListener('abort', end);
  if (stop.aborted) end();
  else stop.addEventListener('abort', end);

  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        taking = true;
        try {
          next ??= pieces.next();
          const piece = await orHeartbeat(next);
          if (piece === undefined) return controller.enqueue(encoder.encode(': \n\n'));
          next = undefined;
          if (!piece.done) return controller.enqueue(encoder.encode(piece.value));
          over();
          controller.close();
        } catch (error) {
          over();
          controller.error(error);
        } finally {
          taking = false;
        }
      },
      cancel() {
        over();
        leaving.abort();
        // One that waits to be taken would not hear of it.
        pieces.return?.().catch(() => {});
      },
    },
    { highWaterMark: 0 },
  );
}

/** Undefined when nothing came for long. */
async function orHeartbeat<T>(next: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const beat = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), heartbeatMs);
  });
  try {
    return await Promise.race([next, beat]);
  } finally {
    clearTimeout(timer);
  }
}
