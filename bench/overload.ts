import { postOf, Wire } from './wire.ts';

/** What became of the requests of an overload run. */
export interface Overload {
  /** Texts answered with 200 a second. */
  goodput: number;
  refused: number;
  /** Anything but 200 and 429: there should be none. */
  failed: number;
}

/** `connections` callers that wait as long as `Retry-After` says. */
export async function politeCallers(
  url: string,
  texts: string[],
  connections: number,
  seconds: number,
): Promise<Overload> {
  const requests = texts.map((input) => postOf(url, { input }));
  const until = performance.now() + seconds * 1000;
  const counts = { answered: 0, refused: 0, failed: 0 };
  const call = async (caller: number) => {
    const wire = new Wire(url);
    for (let turn = caller; performance.now() < until; turn += connections) {
      const { status, retryAfter } = await wire.send(requests[turn % requests.length] as Buffer);
      count(counts, status);
      if (status !== 200) await sleep(retryAfter * 1000);
    }
    wire.close();
  };
  await Promise.all(Array.from({ length: connections }, (_, caller) => call(caller)));
  return { goodput: counts.answered / seconds, refused: counts.refused, failed: counts.failed };
}

const tickMs = 10;

/** Requests that come at a fixed rate whether or not the ones before were answered; what is answered in time counts. */
export async function openLoop(
  url: string,
  texts: string[],
  perSecond: number,
  seconds: number,
): Promise<Overload> {
  const requests = texts.map((input) => postOf(url, { input }));
  const counts = { answered: 0, refused: 0, failed: 0 };
  const free: Wire[] = [];
  const pending = new Set<Promise<void>>();
  const started = performance.now();
  const elapsed = () => (performance.now() - started) / 1000;
  let inTime = 0;
  const sendOne = async (request: Buffer) => {
    // Never waits for one: a sender that did would be no open loop.
    let wire = free.pop();
    while (wire?.closed) wire = free.pop();
    wire ??= new Wire(url);
    const { status } = await wire.send(request);
    count(counts, status);
    if (elapsed() < seconds) inTime = counts.answered;
    if (status !== 0) free.push(wire);
  };
  for (let sent = 0; elapsed() < seconds; ) {
    for (const due = elapsed() * perSecond; sent < due; sent++) {
      const one = sendOne(requests[sent % requests.length] as Buffer);
      pending.add(one);
      void one.finally(() => pending.delete(one));
    }
    await sleep(tickMs);
  }
  await Promise.all(pending);
  for (const wire of free) wire.close();
  return { goodput: inTime / seconds, refused: counts.refused, failed: counts.failed };
}

function count(counts: { answered: number; refused: number; failed: number }, status: number): void {
  if (status === 200) counts.answered++;
  else if (status === 429) counts.refused++;
  else counts.failed++;
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
