import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bleu, chrf, groupsOf, intervalOf } from '#eval';
import { createInference, loadConfig } from '#services';
import { heldOutSets, type PairSet } from './pairs.ts';

/**
 * How good the bundled translations are on held-out sets, through the whole task: BLEU and chrF as sacreBLEU has them, with 95 % intervals
 * by bootstrap. Writes `evaluation.json` beside the model and the figures of the catalogue.
 *   npm run eval:translation
 */
const id = 'nmt-en-es';
const root = join(import.meta.dirname, '../..');
const unobserved = { batchDone() {}, inputsDropped() {}, workerEnded() {} };
const caller = { tenant: 'bench', lane: 'interactive', timeoutMs: 3_600_000 } as const;
const chunk = 512;

const sets = heldOutSets();
const config = { ...loadConfig(), queueTokens: Number.MAX_SAFE_INTEGER };
const inference = await createInference(config, unobserved);
await inference.start();
try {
  const figures = [];
  for (const set of sets) {
    for (const beams of [1, 4]) {
      const outputs = await translate(set, beams);
      for (const figure of figuresOf(set, beams, outputs)) {
        figures.push(figure);
        const { dataset, direction, metric, value, low, high } = figure;
        console.log(`${dataset}, ${direction}, beam ${beams}: ${metric} ${value} (${low} to ${high})`);
      }
    }
  }
  const folder = join(root, 'models', id);
  const card = inference.catalogue.get(id);
  writeFileSync(
    join(folder, 'evaluation.json'),
    `${JSON.stringify({ revision: card.revision, figures }, null, 2)}\n`,
  );
  writeQuality(figures.filter(({ beams }) => beams === 4));
} finally {
  await inference.stop(0);
}

async function translate({ source, target, pairs }: PairSet, beams: number): Promise<string[]> {
  const outputs: string[] = [];
  for (let from = 0; from < pairs.length; from += chunk) {
    const input = pairs.slice(from, from + chunk).map(({ text }) => text);
    const answer = await inference.tasks.run(
      'translations',
      { input, model: id, options: { source, target, beams } },
      caller,
    );
    const { results } = answer as { results: { result: { text: string } }[] };
    outputs.push(...results.map(({ result }) => result.text));
  }
  return outputs;
}

function figuresOf({ name, source, target, pairs }: PairSet, beams: number, outputs: string[]) {
  const rows = pairs.map(({ references }, at) => ({ output: outputs[at] ?? '', references }));
  const groups = groupsOf(rows.map((_, at) => String(at)));
  const round = (value: number) => Math.round(value * 10) / 10;
  return [
    { metric: 'BLEU', measured: bleu(rows) },
    { metric: 'chrF', measured: chrf(rows) },
  ].map(({ metric, measured }) => {
    const { value, low, high } = intervalOf(measured, groups);
    const { signature } = measured;
    const direction = `${source} to ${target}`;
    return {
      ...{ dataset: name, direction, beams, metric, value: round(value), low: round(low), high: round(high) },
      ...{ rows: rows.length, signature },
    };
  });
}

function writeQuality(figures: ReturnType<typeof figuresOf>): void {
  const file = join(root, 'models', 'catalogue.json');
  const catalogue = JSON.parse(readFileSync(file, 'utf8'));
  const card = catalogue.models.find((each: { id: string }) => each.id === id);
  card.quality = figures.map(({ dataset, direction, metric, value, low, high, rows }) => ({
    ...{ dataset, metric: `${metric}, ${direction}`, value, low, high, rows },
  }));
  writeFileSync(file, `${JSON.stringify(catalogue, null, 2)}\n`);
}
