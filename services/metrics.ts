import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { PoolObserver, PoolStatus } from '#inference';
import { type RemoteMetrics, remoteMetrics } from './remote/metrics.ts';

const secondBuckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** The Prometheus registry of one process, and the observers that fill it. */
export interface Metrics {
  registry: Registry;
  pool: PoolObserver;
  remote: RemoteMetrics;
  /** Called at each scrape. */
  watchPool(read: () => PoolStatus): void;
  observeRequest(route: string, status: number, seconds: number): void;
}

/** Tokenization, queue and inference are separate histograms, so that a slow answer says where its time went. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const histogram = (name: string, help: string, buckets = secondBuckets) =>
    new Histogram({ name, help, buckets, registers: [registry] });

  const tokenization = histogram('parlance_tokenization_seconds', 'Tokenizing one batch');
  const inference = histogram('parlance_inference_seconds', 'Forward passes of one batch');
  const queue = histogram('parlance_queue_seconds', 'Wait of one input between arrival and dispatch');
  const batchTokens = histogram(
    'parlance_batch_tokens',
    'Padded tokens of one batch',
    [8, 32, 128, 512, 1024, 2048, 4096],
  );
  const batchInputs = histogram('parlance_batch_inputs', 'Inputs of one batch', [1, 2, 4, 8, 16, 32, 64]);
  const dropped = new Counter({
    name: 'parlance_inputs_dropped_total',
    help: 'Inputs that got no result',
    labelNames: ['reason'],
    registers: [registry],
  });
  const workersEnded = new Counter({
    name: 'parlance_worker_exits_total',
    help: 'Worker processes that ended: recycled, hung, crashed or failed-start',
    labelNames: ['reason'],
    registers: [registry],
  });
  const requests = new Histogram({
    name: 'parlance_http_request_seconds',
    help: 'HTTP requests from the first byte read to the answer',
    labelNames: ['route', 'status'],
    buckets: secondBuckets,
    registers: [registry],
  });

  return {
    registry,
    remote: remoteMetrics(registry),
    pool: {
      batchDone(batch) {
        tokenization.observe(batch.tokenizeMs / 1000);
        inference.observe(batch.runMs / 1000);
        batchTokens.observe(batch.paddedTokens);
        batchInputs.observe(batch.inputs);
        for (const ms of batch.queueMs) queue.observe(ms / 1000);
      },
      inputsDropped: (reason, count) => dropped.inc({ reason }, count),
      workerEnded: (reason) => workersEnded.inc({ reason: kindOfEnd(reason) }),
    },
    watchPool(read) {
      const gauge = (name: string, help: string, value: (status: PoolStatus) => number) =>
        new Gauge({
          name,
          help,
          registers: [registry],
          collect() {
            this.set(value(read()));
          },
        });
      gauge('parlance_queue_inputs', 'Inputs waiting', (status) => status.queuedInputs);
      gauge('parlance_queue_tokens', 'Estimated tokens waiting', (status) => status.queuedTokens);
      gauge('parlance_workers_ready', 'Workers that can take a batch', (status) => status.ready);
      gauge(
        'parlance_worker_restarts',
        'Workers started again since the service started',
        (status) => status.restarts,
      );
      gauge('parlance_worker_resident_bytes', 'Resident memory of all workers', (status) =>
        status.rssBytes.reduce((sum, bytes) => sum + bytes, 0),
      );
    },
    observeRequest: (route, status, seconds) => requests.observe({ route, status }, seconds),
  };
}

/** The pool's words as one of a few: a reason that came with a message of its own was a start that failed. */
function kindOfEnd(reason: string): 'recycled' | 'hung' | 'crashed' | 'failed-start' {
  if (reason === 'closed') return 'recycled';
  if (reason === 'hung') return 'hung';
  return /^(exit code -?\w+|SIG\w+)$/.test(reason) ? 'crashed' : 'failed-start';
}
