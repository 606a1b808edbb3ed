import { type Paragraphs, recallAt, refusedBelow, splitParagraphs, thresholdFor } from '#eval';
import type { Services } from '#services';
import { ingest, searchAll, searchByWords } from './base.ts';

const seed = 2026;
const withheldShare = 0.3;
/** The threshold is chosen to refuse at most this share of the development questions that have an answer. */
const refusedShare = 0.08;

/** Whether the paragraph of each question is found, by everything together, by meaning alone and by words alone. */
export async function measureRecall(services: Services, language: string, { texts, questions }: Paragraphs) {
  const tenant = `recall-${language}`;
  await ingest(services, tenant, language, [...texts.entries()]);
  const found = await searchAll(
    services,
    tenant,
    language,
    questions.map(({ text }) => text),
  );
  const expected = (at: number) => `${questions[at]?.paragraph}.txt`;
  const ranked = (names: string[][]) => names.map((each, at) => ({ found: each, expected: expected(at) }));
  const ways: Record<string, string[][]> = {
    'evidence (what is served)': found.map(({ hits }) => hits.map(({ passage }) => passage.sourceName)),
    'reciprocal rank fusion': found.map(({ hits }) => sorted(hits, ({ fused }) => -fused)),
    'vector alone': found.map(({ hits }) => sorted(hits, ({ cosine }) => -cosine)),
    'rare words alone': found.map(({ hits }) => sorted(hits, ({ coverage }) => -coverage)),
  };
  for (const rank of ['ts_rank', 'ts_rank_cd'] as const) {
    const names: string[][] = [];
    for (const { text } of questions) names.push(await searchByWords(services, tenant, language, text, rank));
    ways[`full text alone, ${rank}`] = names;
  }
  const ms = found.map(({ timing }) => timing.searchMs).sort((a, b) => a - b);
  return {
    recall: Object.fromEntries(
      Object.entries(ways).map(([name, names]) => [
        name,
        { at1: recallAt(1, ranked(names)), at5: recallAt(5, ranked(names)) },
      ]),
    ),
    searchMsMedian: Math.round((ms[Math.floor(ms.length / 2)] ?? 0) * 10) / 10,
  };
}

/**
 * Whether questions about withheld paragraphs are refused and the others are not. The threshold is chosen on the questions of one
 * half of the paragraphs; `final` reports on the other half, else on the same.
 */
export async function measureRefusal(
  services: Services,
  language: string,
  { texts, questions }: Paragraphs,
  shipped: number,
  final: boolean,
) {
  const tenant = `refusal-${language}`;
  const { withheld, development } = splitParagraphs(texts.length, withheldShare, seed);
  await ingest(
    services,
    tenant,
    language,
    [...texts.entries()].filter(([number]) => !withheld.has(number)),
  );
  const found = await searchAll(
    services,
    tenant,
    language,
    questions.map(({ text }) => text),
  );
  const scores: Record<string, number[]> = {
    evidence: found.map(({ hits }) => hits[0]?.evidence ?? 0),
    'cosine alone': found.map(({ hits }) => Math.max(0, ...hits.map(({ cosine }) => cosine))),
  };
  const of = (score: number[], inDevelopment: boolean, isWithheld: boolean) =>
    score.filter((_, at) => {
      const paragraph = questions[at]?.paragraph ?? -1;
      return development.has(paragraph) === inDevelopment && withheld.has(paragraph) === isWithheld;
    });
  const report = (score: number[], threshold: number) => ({
    threshold: Math.round(threshold * 1e4) / 1e4,
    withheldRefused: refusedBelow(threshold, of(score, !final, true)),
    answerableRefused: refusedBelow(threshold, of(score, !final, false)),
  });
  return {
    half: final ? 'test' : 'development',
    ...Object.fromEntries(
      Object.entries(scores).map(([name, score]) => [
        name,
        report(score, thresholdFor(of(score, true, false), refusedShare)),
      ]),
    ),
    'evidence at the shipped threshold': report(scores.evidence ?? [], shipped),
  };
}

function sorted<T extends { passage: { sourceName: string } }>(hits: T[], by: (hit: T) => number): string[] {
  return [...hits].sort((a, b) => by(a) - by(b)).map(({ passage }) => passage.sourceName);
}
