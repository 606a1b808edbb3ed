import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sayingsOf, type TrainingRow, trainHead } from '#nlp';
import { startServices } from '../retrieval/base.ts';
import { accuracyOf, atThreshold, chosenThreshold, judged, zeroShotOf } from './measure.ts';
import { developmentSplit, embedded, embeddedSet, fewOf, folder, isThere, readIntents } from './rows.ts';

/**
 * How well classifiers that are trained by the service classify, and labels without training.
 *   npm run eval:classification               on development rows, which settings may be chosen on
 *   npm run eval:classification -- --choose   temperatures of classification without training, on development rows
 *   npm run eval:classification -- --final    on the test rows, written to eval/classification/results.json
 *   … --only banking77                        or clinc150; of what was written before the rest stays
 *   … --vectors <folder>                      embeddings are kept there, so that the next run need not make them
 */

/** Rows of a set that are enough to choose one number on. */
const chosenOn = 1000;
const words = process.argv.slice(2);
const final = words.includes('--final');
const after = (flag: string) => (words.includes(flag) ? words[words.indexOf(flag) + 1] : undefined);
const only = after('--only');
const target = join(import.meta.dirname, '..', '..', 'eval', 'classification', 'results.json');
const results: Record<string, unknown> =
  only && existsSync(target) ? JSON.parse(readFileSync(target, 'utf8')) : {};
const report = (name: string, value: unknown) => {
  results[name] = value;
  console.log(`\n${name}\n${JSON.stringify(value, null, 1)}`);
};

if (isThere()) await main();
else console.warn(`Nothing is measured: ${folder} is not there.`);

async function main(): Promise<void> {
  const { services, stop } = await startServices();
  try {
    const read = async (...names: string[]) =>
      (await Promise.all(names.map((name) => embeddedSet(services, name, after('--vectors'))))).flat();
    const sayings = async (rows: { label: string | null }[]) => {
      const labels = [...new Set(rows.flatMap(({ label }) => label ?? []))];
      const said = labels.map(sayingsOf);
      const owner = said.flatMap((each, place) => each.map(() => place));
      const vectors = await embedded(
        services,
        said.flat().map((text) => ({ text, label: null })),
      );
      const of = (place: number) => vectors.filter((_, at) => owner[at] === place);
      return new Map(labels.map((label, at) => [label, of(at).map(({ vector }) => vector)]));
    };
    if (words.includes('--choose')) {
      for (const name of ['banking77.train', 'clinc150.val', 'hwu64.train']) {
        const all = readIntents(name);
        const labels = await sayings(all);
        const step = Math.ceil(all.length / chosenOn);
        const rows = await embedded(
          services,
          all.filter((_, at) => at % step === 0),
        );
        for (const temperature of [0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.15])
          report(`${name} at ${temperature}`, zeroShotOf(rows, labels, temperature));
      }
      return;
    }
    if (only !== 'clinc150') await measureBanking(read, sayings);
    if (only !== 'banking77') await measureClinc(read);
    if (!final) return;
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, `${JSON.stringify(results, null, 2)}\n`);
    console.log('\nWritten to eval/classification/results.json.');
  } finally {
    await stop();
  }
}

type Read = (...names: string[]) => Promise<TrainingRow[]>;
type Sayings = (rows: { label: string | null }[]) => Promise<Map<string, Float32Array[]>>;

async function measureBanking(read: Read, sayings: Sayings): Promise<void> {
  const banking = await read('banking77.train');
  const { train, dev } = developmentSplit(banking);
  const [rows, held] = final ? [banking, await read('banking77.test-a')] : [train, dev];
  report('banking77, labels without training', zeroShotOf(held, await sayings(rows)));
  for (const draw of [0, 1, 2]) {
    const { head } = trainHead(fewOf(rows, 10, draw));
    report(`banking77, 10 rows a label, draw ${draw + 1}`, accuracyOf(judged(head, held)));
  }
  report('banking77, all rows', measured(rows, held));
}

async function measureClinc(read: Read): Promise<void> {
  const validation = await read('clinc150.val', 'clinc150.oos_val');
  const trained = trainHead(await read('clinc150.train', 'clinc150.oos_train'));
  const rows = final ? await read('clinc150.test', 'clinc150.oos_test') : validation;
  const answers = judged(trained.head, rows);
  report('CLINC150', {
    ...accuracyOf(answers.filter(({ right }) => right !== undefined)),
    chosenOnValidation: atThreshold(answers, chosenThreshold(judged(trained.head, validation))),
    chosenInTraining: atThreshold(answers, trained.head.threshold),
    training: trained.report,
  });
}

function measured(rows: TrainingRow[], held: TrainingRow[]) {
  const started = performance.now();
  const { head, report: training } = trainHead(rows);
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  const { right, measured: of } = training;
  return { ...accuracyOf(judged(head, held)), crossValidated: right / of, seconds };
}
