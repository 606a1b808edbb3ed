/** Groups of `size`; the last may be smaller. */
export async function* inChunks<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let chunk: T[] = [];
  for await (const item of items) {
    chunk.push(item);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

/**
 * Runs `work` on up to `limit` items at once and yields the results in the order of the items. Nothing is read ahead of
 * the consumer beyond those `limit`, so a slow consumer slows the source.
 */
export async function* mapOrdered<T, R>(
  items: AsyncIterable<T>,
  limit: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const inFlight: Promise<R>[] = [];
  for await (const item of items) {
    const result = work(item);
    // Awaited in its turn below; until then a failure must not count as unhandled.
    result.catch(() => {});
    inFlight.push(result);
    if (inFlight.length >= limit) yield await (inFlight.shift() as Promise<R>);
  }
  for (const result of inFlight) yield await result;
}
