import { rougeMetric } from '#eval';
import {
  type SummaryFeatures,
  type SummaryWeights,
  summaryFeatures,
  summarySalience,
  summaryWeights,
} from '#nlp';
import type { Services } from '#services';
import { startServices } from '../retrieval/base.ts';
import { filled } from './baselines.ts';
import { type Collection, mtsDialog, sciTldr } from './data.ts';

/**
 * Looks for the weights of `nlp/summary/salience.ts` on the rows for training and says what they give on those for development: a random
 * walk from the weights that are there, which keeps what raises the mean of ROUGE-1, -2 and -L.
 *   npm run tune:summaries
 */
const steps = 300;
const variants = ['1', '2', 'L'] as const;
const rouge = variants.map((variant) => rougeMetric(variant, { stemmer: true }));

/** A document ready to be summarized with any weights; what a choice of sentences scores is kept. */
interface Prepared {
  sentences: string[];
  references: string[];
  features: SummaryFeatures[];
  budget: Collection['budget'];
  known: Map<string, number>;
}

const { services, stop } = await startServices();
try {
  for (const [train, dev] of [
    [sciTldr('train'), sciTldr('dev')],
    [mtsDialog('train'), mtsDialog('dev')],
  ]) {
    if (!train || !dev) continue;
    const [seen, unseen] = [await prepare(services, train), await prepare(services, dev)];
    const shipped = summaryWeights[train.kind];
    const found = walk(seen, shipped);
    const say = (weights: SummaryWeights) => ({
      weights,
      [train.name]: round(score(seen, weights)),
      [dev.name]: round(score(unseen, weights)),
    });
    console.log(JSON.stringify({ kind: train.kind, shipped: say(shipped), found: say(found) }, null, 1));
  }
} finally {
  await stop();
}

function walk(documents: Prepared[], from: SummaryWeights): SummaryWeights {
  const names = (Object.keys(from) as (keyof SummaryWeights)[]).filter((name) => from[name] !== 0);
  const random = numbers(7);
  let best = from;
  let highest = score(documents, best);
  for (let step = 0; step < steps; step++) {
    const name = names[Math.floor(random() * names.length)] as keyof SummaryWeights;
    const width = step < steps / 2 ? 0.6 : 0.15;
    const tried = { ...best, [name]: Math.round((best[name] + (random() - 0.5) * 2 * width) * 100) / 100 };
    const reached = score(documents, tried);
    if (reached > highest) [best, highest] = [tried, reached];
  }
  return best;
}

/** The mean over documents of the mean of the three F measures. */
function score(documents: Prepared[], weights: SummaryWeights): number {
  let total = 0;
  for (const { sentences, references, features, budget, known } of documents) {
    const salience = summarySalience(features, weights);
    const ranking = [...sentences.keys()].sort((a, b) => (salience[b] as number) - (salience[a] as number));
    const output = filled(sentences, ranking, budget).join(' ');
    let reached = known.get(output);
    if (reached === undefined) {
      reached =
        rouge.reduce((sum, { count }) => sum + (count({ output, references })[1] as number), 0) /
        rouge.length;
      known.set(output, reached);
    }
    total += reached;
  }
  return total / documents.length;
}

async function prepare({ inference }: Services, { documents, budget }: Collection): Promise<Prepared[]> {
  const caller = { tenant: 'default', lane: 'interactive', timeoutMs: 600_000 } as const;
  const all = documents.flatMap(({ sentences }) => sentences);
  const vectors: Float32Array[] = [];
  for (let from = 0; from < all.length; from += 512) {
    const answer = await inference.tasks.run('embeddings', { input: all.slice(from, from + 512) }, caller);
    const { results } = answer as unknown as { results: { result: { vector: number[] } }[] };
    vectors.push(...results.map(({ result }) => Float32Array.from(result.vector)));
  }
  let at = 0;
  return documents.map(({ sentences, references }) => {
    const units = sentences.map((text) => ({ text, vector: vectors[at++] as Float32Array }));
    return { sentences, references, features: summaryFeatures(units), budget, known: new Map() };
  });
}

/** Numbers from 0 to 1, the same at every run (Park & Miller 1988). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
