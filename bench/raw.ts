import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { RawOrder, RawReport } from './raw-worker.ts';

const script = fileURLToPath(new URL('./raw-worker.ts', import.meta.url));

/** The speed of bare onnxruntime: the better of two one-thread processes and one process of two threads. */
export async function measureRaw(folder: string, texts: string[], seconds: number) {
  const order = { folder, texts, batch: 32, seconds };
  const twoProcesses = await together([
    { ...order, threads: 1 },
    { ...order, threads: 1 },
  ]);
  const twoThreads = await together([{ ...order, threads: 2 }]);
  const [single] = await together([{ ...order, threads: 1, batch: 1, seconds: Math.min(seconds, 4) }]);
  const sum = (reports: RawReport[]) => reports.reduce((total, report) => total + report.textsPerSecond, 0);
  return { twoProcesses: sum(twoProcesses), twoThreads: sum(twoThreads), singleMs: single?.singleMs ?? 0 };
}

/** Starts all, waits until every one is warm, and lets them run over the same time. */
async function together(orders: RawOrder[]): Promise<RawReport[]> {
  const children = orders.map((order) => {
    const child = fork(script, [], { execArgv: ['--import', import.meta.resolve('tsx')] });
    child.send(order);
    return child;
  });
  await Promise.all(children.map(nextMessage));
  const reports = children.map(nextMessage);
  for (const child of children) child.send('go');
  return (await Promise.all(reports)) as RawReport[];
}

async function nextMessage(child: ChildProcess): Promise<unknown> {
  const [message] = await once(child, 'message');
  return message;
}
