import { expect, it } from 'vitest';
import { loggingWorkers } from './container.ts';
import { createMetrics } from './metrics.ts';

it('logs each worker that ended and counts it under one of four reasons', async () => {
  const lines: unknown[] = [];
  const log = {
    info: (line: object) => lines.push({ level: 'info', ...line }),
    warn: (line: object) => lines.push({ level: 'warn', ...line }),
  };
  const metrics = createMetrics();
  const observer = loggingWorkers(metrics.pool, log as never);
  observer.workerEnded('closed', 0);
  observer.workerEnded('hung', 3);
  for (const reason of ['SIGKILL', 'exit code 134', 'models/x.onnx: bad graph'])
    observer.workerEnded(reason, 1);
  expect(lines.slice(0, 2)).toEqual([
    { level: 'info', reason: 'closed', lostInputs: 0 },
    { level: 'warn', reason: 'hung', lostInputs: 3 },
  ]);
  expect(lines).toHaveLength(5);
  const counted = await metrics.registry.getSingleMetricAsString('parlance_worker_exits_total');
  const values = [...counted.matchAll(/\{reason="(.*?)"\} (\d)/g)].map(([, reason, count]) => [
    reason,
    count,
  ]);
  expect(values).toEqual([
    ['recycled', '1'],
    ['hung', '1'],
    ['crashed', '2'],
    ['failed-start', '1'],
  ]);
});
