import {
  type Answer,
  asParlanceError,
  ParlanceError,
  type Sample,
  type SampleResult,
  type Score,
} from '#contracts';
import type { Said, ScorerTools } from '../scorers/scorer.ts';
import { at } from '../suite/pointer.ts';
import type { ChosenScorer, Suite } from '../suite/suite.ts';
import type { Json } from './json.ts';
import type { Target } from './target.ts';

/** Asks a target once and judges what it says. Never throws for what the target does; throws when a scorer cannot judge. */
export async function askOnce(
  { document, scorers }: Suite,
  target: Target,
  sample: Sample,
  repeat: number,
  { tools, signal }: { tools: ScorerTools; signal: AbortSignal },
): Promise<SampleResult> {
  const answer = await answerOf(target, sample, signal);
  signal.throwIfAborted();
  const scores: Record<string, Score> = {};
  for (const chosen of scorers) {
    const place = chosen.at ?? document.answer;
    const output = answer.error ? undefined : at(answer.output, place);
    const asked = { sample, answer, expected: at(sample.expected, chosen.expects) ?? null };
    const evidence = await evidenceOf(chosen, asked, output, tools);
    const missing = output === undefined ? whyNone(answer, place) : undefined;
    scores[chosen.as] = scoreOf(chosen, evidence, missing);
  }
  return { ...sample, repeat, answer, scores };
}

async function evidenceOf(
  { scorer, options, optional }: ChosenScorer,
  asked: Omit<Said, 'output'>,
  output: Json | undefined,
  tools: ScorerTools,
): Promise<Json> {
  if (optional && asked.expected === null) return null;
  if (output === undefined) return scorer.missed(asked, options);
  return await scorer.judge({ ...asked, output }, options, tools);
}

function scoreOf({ scorer, options }: ChosenScorer, evidence: Json, missing: string | undefined): Score {
  if (evidence === null) return { value: null, evidence };
  const reason = missing ?? scorer.reason?.(evidence, options);
  const value = scorer.measure([evidence], options).each[0] ?? null;
  return { value, evidence, ...(reason && { reason }) };
}

async function answerOf(target: Target, sample: Sample, signal: AbortSignal): Promise<Answer> {
  const from = performance.now();
  const took = () => Math.round((performance.now() - from) * 1000) / 1000;
  try {
    const { output, tokens, cost } = await target.ask(sample, signal);
    return { output, error: null, latencyMs: took(), tokens: tokens ?? null, cost: cost ?? null };
  } catch (thrown) {
    if (signal.aborted) throw new ParlanceError('cancelled', 'The run was cancelled.', { cause: thrown });
    const { code, message } = asParlanceError(thrown);
    return { output: null, error: { code, detail: message }, latencyMs: took(), tokens: null, cost: null };
  }
}

const whyNone = ({ error }: Answer, place: string) =>
  error ? `${error.code}: ${error.detail}` : `The answer has nothing at ${place}.`;
