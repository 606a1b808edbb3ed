import type { Pressure, Raw, Row } from './measure.ts';

/** The rows of one task as a table, each as a ratio of bare onnxruntime. */
export function printRows(raw: Raw, rows: Row[]): void {
  console.log(
    `raw onnxruntime: ${raw.best.toFixed(0)} texts/s (best of two processes and two threads), one text ${raw.singleMs.toFixed(2)} ms`,
  );
  console.table(
    Object.fromEntries(
      rows.map((each) => [
        each.name,
        {
          'texts/s': Math.round(each.textsPerSecond),
          'of raw': Number((each.textsPerSecond / raw.best).toFixed(3)),
          'p50 ms': Number(each.p50.toFixed(2)),
          'p99 ms': Number(each.p99.toFixed(2)),
          'p50 of raw': each.name === '1 connection' ? Number((each.p50 / raw.singleMs).toFixed(2)) : '',
          'loop p99 ms': Number(each.loopDelayMs.toFixed(1)),
          'main µs/text': Math.round(each.mainUs),
          'main MB': Math.round(each.mainMb),
          'workers MB': Math.round(each.workersMb),
          errors: each.errors,
        },
      ]),
    ),
  );
}

/** What became of the service above its capacity, and after. */
export function printPressure({ polite, flood, recoveredP50, idleMb }: Pressure): void {
  const line = (name: string, each: typeof polite) =>
    `${name}: ${each.goodput.toFixed(0)} texts/s = ${each.ofPeak.toFixed(2)} of peak, ${each.refused} refused, ${each.failed} failed, loop p99 ${each.loopDelayMs.toFixed(1)} ms, main ${each.mainMb.toFixed(0)} MB`;
  console.log(line('640 polite callers', polite));
  console.log(line('open loop at 3 × peak', flood));
  console.log(
    `1–2 s after: one connection p50 ${recoveredP50.toFixed(2)} ms; main was ${idleMb.toFixed(0)} MB before`,
  );
}
