import { Connection, requestBytes } from './connection.ts';

/** What callers saw. Latencies are milliseconds. */
export interface Load {
  textsPerSecond: number;
  p50: number;
  p99: number;
  errors: number;
}

/** Callers that each send one request after another for `seconds`, `perRequest` texts in each. */
export async function closedLoop(
  url: string,
  texts: string[],
  { connections, perRequest, seconds }: { connections: number; perRequest: number; seconds: number },
): Promise<Load> {
  const bodies: string[] = [];
  for (let at = 0; at + perRequest <= texts.length; at += perRequest) {
    const input = perRequest === 1 ? texts[at] : texts.slice(at, at + perRequest);
    bodies.push(JSON.stringify({ input }));
  }
  const address = new URL(url);
  const requests = bodies.map((body) => requestBytes(address, body));
  const from = performance.now();
  const until = from + seconds * 1000;
  const times: number[] = [];
  let errors = 0;
  const call = async (caller: number) => {
    let connection = await Connection.open(address);
    // Each begins elsewhere, so that no two ask the same at a time.
    const first = Math.floor((caller * requests.length) / connections);
    for (let at = first; performance.now() < until; at++) {
      const reply = await connection.send(requests[at % requests.length] as Buffer).catch(() => undefined);
      if (reply && reply.status < 300) times.push(reply.ms);
      else errors++;
      if (!reply) connection = await Connection.open(address);
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: connections }, (_, caller) => call(caller)));
  const took = (performance.now() - from) / 1000;
  return { textsPerSecond: (times.length * perRequest) / took, ...percentiles(times), errors };
}

/** One caller on one connection that reads what it is answered, as a client does. */
export async function oneCaller(url: string, texts: string[], seconds: number): Promise<Load> {
  const { Client } = await import('undici');
  const { origin, pathname } = new URL(url);
  const client = new Client(origin);
  const times: number[] = [];
  const until = performance.now() + seconds * 1000;
  let errors = 0;
  for (let at = 0; performance.now() < until; at = (at + 1) % texts.length) {
    const body = JSON.stringify({ input: texts[at] });
    const from = performance.now();
    const response = await client.request({
      path: pathname,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    await response.body.json();
    times.push(performance.now() - from);
    if (response.statusCode !== 200) errors++;
  }
  await client.close();
  return { textsPerSecond: times.length / seconds, ...percentiles(times), errors };
}

function percentiles(times: number[]): Pick<Load, 'p50' | 'p99'> {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (quantile: number) => sorted[Math.floor(sorted.length * quantile)] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}
