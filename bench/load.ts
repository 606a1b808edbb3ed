import autocannon from 'autocannon';

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
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    requests: bodies.map((body) => ({ body })),
  });
  return {
    textsPerSecond: (result['2xx'] * perRequest) / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    errors: result.errors + result.non2xx,
  };
}

/** One caller on one connection, timed to the microsecond: the load generator above counts whole milliseconds. */
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
  times.sort((a, b) => a - b);
  const at = (quantile: number) => times[Math.floor(times.length * quantile)] ?? 0;
  return { textsPerSecond: times.length / seconds, p50: at(0.5), p99: at(0.99), errors };
}
