import { compare, groupsOf, intervalOf, pairOf, rougeMetric } from '#eval';
import type { Services } from '#services';
import { filled, filteredTextRank, lead, type Ranking, textRank } from './baselines.ts';
import type { Collection, Document } from './data.ts';

const variants = ['1', '2', 'L'] as const;
const baselines: Record<string, Ranking> = { lead, textRank, filteredTextRank };
const signature = { stemmer: true };

/** ROUGE of the service's summaries and of the baselines' with 95 % intervals, and the verdicts of the paired comparisons. */
export async function measureCollection(services: Services, collection: Collection) {
  const { documents, budget } = collection;
  const started = performance.now();
  const ours = await each(documents, (document) => summarize(services, collection, document));
  const seconds = (performance.now() - started) / 1000;
  const systems: Record<string, string[]> = { parlance: ours };
  for (const [name, rank] of Object.entries(baselines)) {
    systems[name] = documents.map(({ sentences }) => filled(sentences, rank(sentences), budget).join(' '));
  }
  const groups = groupsOf(documents.map(({ id }) => id.split('/')[0] as string));
  const figures = Object.entries(systems).map(([name, outputs]) => {
    const words = outputs.reduce((sum, output) => sum + output.split(/\s+/).length, 0) / outputs.length;
    const scores = variants.map((variant) => {
      const { value, low, high } = intervalOf(measured(variant, documents, outputs), groups);
      return [`rouge-${variant}`, { value: round(value), low: round(low), high: round(high) }];
    });
    return [name, { words: Math.round(words * 10) / 10, ...Object.fromEntries(scores) }];
  });
  const against = Object.keys(baselines).map((name) => [
    name,
    Object.fromEntries(
      variants.map((variant) => {
        const rows = [ours, systems[name] as string[]].map((outputs) => counts(variant, documents, outputs));
        const pair = pairOf(rows[0] ?? [], rows[1] ?? [], rougeMetric(variant, signature).measure);
        const { verdict, words, p } = compare(pair, groups);
        return [`rouge-${variant}`, { verdict, words, p }];
      }),
    ),
  ]);
  return {
    rows: documents.length,
    budget,
    signature: measured('1', documents, ours).signature.replace('rouge-1', 'rouge-*'),
    secondsADocument: Math.round((seconds / documents.length) * 1000) / 1000,
    systems: Object.fromEntries(figures),
    parlanceAgainst: Object.fromEntries(against),
  };
}

async function summarize({ inference }: Services, { kind, budget }: Collection, { text }: Document) {
  const caller = { tenant: 'default', lane: 'interactive', timeoutMs: 600_000 } as const;
  const answer = await inference.tasks.run(
    'summaries',
    { input: text, options: { kind, ...budget } },
    caller,
  );
  return (answer as { result: { text: string } }).result.text;
}

const rowsOf = (documents: Document[], outputs: string[]) =>
  documents.map(({ references }, at) => ({ output: outputs[at] ?? '', references }));

const counts = (variant: (typeof variants)[number], documents: Document[], outputs: string[]) =>
  rowsOf(documents, outputs).map(rougeMetric(variant, signature).count);

const measured = (variant: (typeof variants)[number], documents: Document[], outputs: string[]) =>
  rougeMetric(variant, signature).measure(counts(variant, documents, outputs));

async function each<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const one of all) results.push(await work(one));
  return results;
}

const round = (value: number) => Math.round(value * 1e4) / 1e4;
