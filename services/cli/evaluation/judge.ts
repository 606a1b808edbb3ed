import type { TargetReference } from '#contracts';
import { endpointTarget } from '../../evaluation/targets/endpoint.ts';
import { UsageError } from '../exit.ts';

export interface JudgeFlags {
  /** The address of an OpenAI-compatible server, up to and with /v1. */
  judge?: string;
  judgeModel?: string;
  /** The environment variable that has its key. */
  judgeKeyFrom?: string;
}

/**
 * The language model that judges; undefined where none is named. Throws `UsageError` when half of it is named, or when it
 * would judge itself.
 */
export function openJudge(
  { judge: url, judgeModel: model, judgeKeyFrom }: JudgeFlags,
  judged: readonly TargetReference[],
  secret: (name: string) => string | undefined,
  signal: AbortSignal,
): ((prompt: string) => Promise<string>) | undefined {
  if (url === undefined && model === undefined) return undefined;
  if (url === undefined || model === undefined)
    throw new UsageError('Name the judge by --judge and --judge-model together.');
  if (!URL.canParse(url))
    throw new UsageError(`--judge is an address, such as http://127.0.0.1:8000/v1, and not ${url}.`);
  if (
    judged.some(
      (target) =>
        'endpoint' in target &&
        target.endpoint.model === model &&
        placeOf(target.endpoint.url) === placeOf(url),
    )
  )
    throw new UsageError(`${model} would judge itself: name another judge.`);
  const key = judgeKeyFrom === undefined ? undefined : secret(judgeKeyFrom);
  if (judgeKeyFrom !== undefined && !key)
    throw new UsageError(`The environment variable ${judgeKeyFrom} is not set.`);
  const asked = { url, model, prompt: '{{input}}', temperature: 0, maxTokens: 400 };
  const endpoint = endpointTarget(asked, key);
  return async (prompt) => {
    const sample = { id: 'judge', input: prompt, expected: null, group: 'judge', slices: {} };
    return String((await endpoint.ask(sample, signal)).output);
  };
}

/** An address as it is asked: however many slashes end it. */
const placeOf = (url: string) => new URL(url).href.replace(/\/+$/, '');
