import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Passage, SearchHit } from '#contracts';
import { proportion, refusedBelow } from '#eval';
import { respond } from '#nlp';
import type { Services } from '#services';
import { searchAll } from './base.ts';

interface Asked {
  language: string;
  question: string;
  /** Language and file name without extension. */
  article: string;
  heading: string;
}

/** The sample company's own questions: is the best passage the one that answers, and are questions that nothing answers refused? */
export async function measureCompany(
  services: Services,
  folder: string,
  set: 'dev' | 'test',
  threshold: number,
) {
  const tenant = 'company';
  const started = performance.now();
  const fresh = await services.knowledge.loadCompany(tenant, folder);
  const seconds = (performance.now() - started) / 1000;
  const asked = read(folder, set);
  const outside = read(folder, 'out-of-scope');
  const best = async (rows: Asked[]) => {
    const found: SearchHit[][] = [];
    for (const { language, question } of rows)
      found.push(...(await searchAll(services, tenant, language, [question])).map(({ hits }) => hits));
    return found;
  };
  const found = await best(asked);
  const cited = await citations(services, tenant, asked);
  const isRight = (at: number, passage: Pick<Passage, 'sourceName' | 'headings'> | undefined) =>
    passage?.sourceName === `${asked[at]?.article}.md` && passage.headings.at(-1) === asked[at]?.heading;
  const right = (at: number, hit: SearchHit | undefined) => isRight(at, hit?.passage);
  const share = (
    test: (hits: SearchHit[], at: number) => boolean,
    among: (hits: SearchHit[], at: number) => boolean = () => true,
  ) => {
    const rows = found.map((hits, at) => [hits, at] as const).filter(([hits, at]) => among(hits, at));
    return proportion(rows.filter(([hits, at]) => test(hits, at)).length, rows.length);
  };
  const among = (count: number) => (hits: SearchHit[], at: number) =>
    hits.slice(0, count).some((hit) => right(at, hit));
  const answered = (hits: SearchHit[]) => (hits[0]?.evidence ?? 0) >= threshold;
  const article = (hits: SearchHit[], at: number) =>
    hits[0]?.passage.sourceName === `${asked[at]?.article}.md`;
  const evidence = (all: SearchHit[][]) => all.map((hits) => hits[0]?.evidence ?? 0);
  const answers = cited
    .map((passages, at) => [passages, at] as const)
    .filter(([passages]) => passages.length > 0);
  return {
    set,
    ...(fresh ? { ingestSeconds: Math.round(seconds * 10) / 10 } : {}),
    bestPassageRight: share(among(1)),
    byLanguage: Object.fromEntries(
      ['en', 'es'].map((code) => [code, share(among(1), (_, at) => asked[at]?.language === code)]),
    ),
    amongFirstTwo: share(among(2)),
    amongFirstThree: share(among(3)),
    articleRight: share(article),
    threshold,
    refused: refusedBelow(threshold, evidence(found)),
    bestPassageRightOfAnswered: share(among(1), answered),
    articleRightOfAnswered: share(article, answered),
    bot: {
      answered: proportion(answers.length, asked.length),
      aCitedPassageRight: proportion(
        answers.filter(([passages, at]) => passages.some((each) => isRight(at, each))).length,
        answers.length,
      ),
      firstCitedPassageRight: proportion(
        answers.filter(([passages, at]) => isRight(at, passages[0])).length,
        answers.length,
      ),
      citedTwo: proportion(answers.filter(([passages]) => passages.length > 1).length, answers.length),
    },
    outOfScopeRefused: refusedBelow(threshold, evidence(await best(outside))),
  };
}

/** The passages that the bot's answer to each question quotes, the first of them first; none where it does not answer. */
async function citations({ chatTools }: Services, tenant: string, asked: Asked[]): Promise<Passage[][]> {
  const tools = chatTools(tenant, new AbortController().signal);
  const cited: Passage[][] = [];
  for (const { question, language } of asked) {
    let passages: Passage[] = [];
    for await (const part of respond({ message: question, language, past: [], tried: [] }, tools)) {
      if (part.type === 'sources') passages = part.hits.map(({ passage }) => passage);
    }
    cited.push(passages);
  }
  return cited;
}

function read(folder: string, set: string): Asked[] {
  const lines = readFileSync(join(folder, `questions.${set}.jsonl`), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => JSON.parse(line));
}
