import type { EvaluationRun, SampleResult } from '#contracts';

/** Where finished runs are kept: this server's tables, or another server's routes. */
interface Keeper {
  record(run: EvaluationRun): Promise<unknown>;
  addSamples(run: string, samples: SampleResult[]): Promise<unknown>;
  seal(run: string): Promise<unknown>;
}

const atOnce = 200;

/** Keeps a finished run with its results and seals it. What broke off can be done again: nothing is there twice. */
export async function keepRun(
  keeper: Keeper,
  run: EvaluationRun,
  results: AsyncIterable<SampleResult>,
): Promise<void> {
  await keeper.record(run);
  for await (const lot of inLots(results)) await keeper.addSamples(run.id, lot);
  await keeper.seal(run.id);
}

async function* inLots(results: AsyncIterable<SampleResult>): AsyncGenerator<SampleResult[]> {
  let lot: SampleResult[] = [];
  for await (const result of results) {
    lot.push(result);
    if (lot.length < atOnce) continue;
    yield lot;
    lot = [];
  }
  if (lot.length > 0) yield lot;
}
