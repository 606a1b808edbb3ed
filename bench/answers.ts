import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SearchHit } from '#contracts';
import { type AnswerPart, type PastTurn, respond } from '#nlp';
import { startServices } from './retrieval/base.ts';

/**
 * What the bot makes of questions, through the real search: what became of them, and whether it cites the section that has
 * the answer. Follow-ups are asked after the question they go on from, and once without it. Only sets that may be tuned on.
 *   npm run eval:answers
 */
const root = join(import.meta.dirname, '..');
const tenant = 'default';

interface Asked {
  language: string;
  question: string;
  article: string;
  heading: string;
}
interface FollowUp extends Omit<Asked, 'question'> {
  before: { question: string };
  message: string;
}

const { services, stop } = await startServices();
try {
  await services.knowledge.loadCompany(tenant, join(root, 'examples', 'orrin'));
  const tools = services.chatTools(tenant, new AbortController().signal);
  const ask = async (message: string, language: string, past: PastTurn[] = []) => {
    const parts: AnswerPart[] = [];
    for await (const part of respond({ message, language, past, tried: [] }, tools)) parts.push(part);
    return readAnswer(message, parts);
  };

  const dev = read<Asked>('questions.dev');
  const answers = await each(dev, ({ question, language }) => ask(question, language));
  report(
    'dev',
    answers.map(({ outcome }) => outcome),
    dev.filter((asked, at) => cites(answers[at], asked)).length,
  );

  const outside = read<Asked>('questions.out-of-scope');
  report(
    'out of scope',
    (await each(outside, ({ question, language }) => ask(question, language))).map(({ outcome }) => outcome),
  );

  const follow = read<FollowUp>('follow-ups.dev');
  const alone = await each(follow, ({ message, language }) => ask(message, language));
  report(
    'follow-ups without what was before',
    alone.map(({ outcome }) => outcome),
    follow.filter((asked, at) => cites(alone[at], asked)).length,
  );
  const after = await each(follow, async ({ before, message, language }) => {
    const { turn } = await ask(before.question, language);
    return await ask(message, language, [turn]);
  });
  report(
    'follow-ups',
    after.map(({ outcome }) => outcome),
    follow.filter((asked, at) => cites(after[at], asked)).length,
  );
} finally {
  await stop();
}

interface Answer {
  outcome: string;
  cited: SearchHit[];
  turn: PastTurn;
}

function readAnswer(question: string, parts: AnswerPart[]): Answer {
  const end = parts.find((part) => part.type === 'end');
  if (end?.type !== 'end') throw new Error('an answer has no end');
  const { outcome, citations } = end;
  const cited = parts.flatMap((part) => (part.type === 'sources' ? part.hits : []));
  const answer = parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
  const turn = { question, answer, outcome, citations, choices: [], disliked: false };
  return { outcome, cited, turn };
}

function cites(answer: Answer | undefined, { article, heading }: Omit<Asked, 'question'>): boolean {
  const cited = answer?.cited ?? [];
  return cited.some(
    ({ passage }) => passage.sourceName === `${article}.md` && passage.headings.at(-1) === heading,
  );
}

function report(name: string, outcomes: string[], right?: number): void {
  const counts: Record<string, number> = {};
  for (const outcome of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
  const cited = right === undefined ? '' : `, the right section cited ${right}`;
  console.log(`${name}: ${outcomes.length} asked, ${JSON.stringify(counts)}${cited}`);
}

function read<T>(name: string): T[] {
  const lines = readFileSync(join(root, 'examples', 'orrin', `${name}.jsonl`), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => JSON.parse(line));
}

async function each<T, R>(all: T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const one of all) results.push(await work(one));
  return results;
}
