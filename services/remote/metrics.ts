import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { RemoteModel, RemoteObserver } from '#inference';

const secondBuckets = [0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** What happens with models behind endpoints. The names of models come from cards, so labels are of a closed set. */
export interface RemoteMetrics extends RemoteObserver {
  /** Called once; the models are looked at in each scrape. */
  watch(models: ReadonlyMap<string, RemoteModel>): void;
}

export function remoteMetrics(registry: Registry): RemoteMetrics {
  const registers = [registry];
  const histogram = (name: string, help: string) =>
    new Histogram({ name, help, labelNames: ['model'], buckets: secondBuckets, registers });
  const run = histogram(
    'parlance_remote_seconds',
    'One batch at the server that has the model, tries included',
  );
  const queue = histogram('parlance_remote_queue_seconds', 'Wait of one input for its turn at such a server');
  const failures = new Counter({
    name: 'parlance_remote_failures_total',
    help: 'Inputs that such a server gave no answer to',
    labelNames: ['model', 'code'],
    registers,
  });
  return {
    answered(model, { queueMs, runMs }) {
      run.observe({ model }, runMs / 1000);
      for (const ms of queueMs) queue.observe({ model }, ms / 1000);
    },
    failed: (model, { code }, inputs) => failures.inc({ model, code }, inputs),
    watch(models) {
      const gauge = (name: string, help: string, value: (model: RemoteModel) => number) =>
        new Gauge({
          ...{ name, help, labelNames: ['model'], registers },
          collect() {
            for (const [id, model] of models) this.set({ model: id }, value(model));
          },
        });
      gauge('parlance_remote_ready', '1 while the server of the model answers', ({ condition }) =>
        condition.state === 'ready' ? 1 : 0,
      );
      gauge('parlance_remote_queue_inputs', 'Inputs that wait for it', ({ queuedInputs }) => queuedInputs);
    },
  };
}
