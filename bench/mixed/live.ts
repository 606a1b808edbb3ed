import { postOf, Wire } from '../wire.ts';

/** Milliseconds. */
export interface Latencies {
  p50: number;
  p95: number;
  p99: number;
  requests: number;
  failed: number;
}

/** Requests of one text each that come at random moments, `perSecond` on average, whether or not the ones before were answered. */
export async function liveRequests(
  url: string,
  texts: string[],
  perSecond: number,
  seconds: number,
): Promise<number[]> {
  const times: number[] = [];
  const free: Wire[] = [];
  const pending = new Set<Promise<void>>();
  const until = performance.now() + seconds * 1000;
  const one = async (text: string) => {
    let wire = free.pop();
    while (wire?.closed) wire = free.pop();
    wire ??= new Wire(url);
    const request = postOf(url, { input: text });
    const from = performance.now();
    const { status } = await wire.send(request);
    times.push(status === 200 ? performance.now() - from : Number.POSITIVE_INFINITY);
    if (status !== 0) free.push(wire);
  };
  for (let sent = 0; performance.now() < until; sent++) {
    const call = one(texts[(sent * 7919) % texts.length] ?? 'Hello');
    pending.add(call);
    void call.finally(() => pending.delete(call));
    const gap = (-Math.log(1 - Math.random()) * 1000) / perSecond;
    await new Promise((resolve) => setTimeout(resolve, gap));
  }
  await Promise.all(pending);
  for (const wire of free) wire.close();
  return times;
}

export function summarize(times: number[]): Latencies {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (quantile: number) => sorted[Math.floor(sorted.length * quantile)] ?? 0;
  const failed = times.filter((each) => !Number.isFinite(each)).length;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), requests: times.length, failed };
}
