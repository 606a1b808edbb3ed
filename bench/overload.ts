import { Client } from 'undici';

/** What became of the requests of an overload run. */
export interface Overload {
  /** Texts answered with 200 a second. */
  goodput: number;
  refused: number;
  /** Anything but 200 and 429: there should be none. */
  failed: number;
}

type Outcome = { status: number; retryAfter: number };

/** `connections` callers that wait as long as `Retry-After` says. */
export async function politeCallers(
  url: string,
  texts: string[],
  connections: number,
  seconds: number,
): Promise<Overload> {
  const until = performance.now() + seconds * 1000;
  const counts = { answered: 0, refused: 0, failed: 0 };
  await withClients(url, connections, (clients, send) =>
    Promise.all(
      clients.map(async (client, caller) => {
        for (let turn = caller; performance.now() < until; turn += connections) {
          const { status, retryAfter } = await send(client, texts[turn % texts.length] ?? '');
          count(counts, status);
          if (status !== 200) await sleep(retryAfter * 1000);
        }
      }),
    ),
  );
  return { goodput: counts.answered / seconds, refused: counts.refused, failed: counts.failed };
}

/** More than can be waiting at once: a sender that runs out of connections would wait, and be no open loop. */
const openLoopConnections = 3000;
const tickMs = 10;

/** Requests that come at a fixed rate whether or not the ones before were answered; what is answered in time counts. */
export async function openLoop(
  url: string,
  texts: string[],
  perSecond: number,
  seconds: number,
): Promise<Overload> {
  const counts = { answered: 0, refused: 0, failed: 0 };
  let inTime = 0;
  await withClients(url, openLoopConnections, async (clients, send) => {
    const pending = new Set<Promise<void>>();
    const started = performance.now();
    const elapsed = () => (performance.now() - started) / 1000;
    for (let sent = 0; elapsed() < seconds; ) {
      for (const due = elapsed() * perSecond; sent < due; sent++) {
        const client = clients[sent % clients.length] as Client;
        const one = send(client, texts[sent % texts.length] ?? '').then(({ status }) => {
          count(counts, status);
          if (elapsed() < seconds) inTime = counts.answered;
        });
        pending.add(one);
        void one.finally(() => pending.delete(one));
      }
      await sleep(tickMs);
    }
    await Promise.all(pending);
  });
  return { goodput: inTime / seconds, refused: counts.refused, failed: counts.failed };
}

async function withClients(
  url: string,
  connections: number,
  work: (clients: Client[], send: (client: Client, text: string) => Promise<Outcome>) => Promise<unknown>,
): Promise<void> {
  const { origin, pathname } = new URL(url);
  const clients = Array.from({ length: connections }, () => new Client(origin, { pipelining: 1 }));
  await work(clients, async (client, text) => {
    try {
      const response = await client.request({
        path: pathname,
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ input: text }),
      });
      await response.body.dump();
      return { status: response.statusCode, retryAfter: Number(response.headers['retry-after'] ?? 1) };
    } catch {
      return { status: 0, retryAfter: 1 };
    }
  });
  await Promise.all(clients.map((client) => client.destroy()));
}

function count(counts: { answered: number; refused: number; failed: number }, status: number): void {
  if (status === 200) counts.answered++;
  else if (status === 429) counts.refused++;
  else counts.failed++;
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
