import { join } from 'node:path';
import { ParlanceError, type TargetReference, type TaskName, type TaskResponse } from '#contracts';
import type { Target } from '#eval';
import type { Lane } from '#inference';
import type { Services } from '../../container.ts';
import { answersTarget } from './answers.ts';
import { conversationsTarget } from './conversations.ts';
import { endpointTarget } from './endpoint.ts';
import { searchTarget } from './search.ts';
import { taskTarget } from './task.ts';

/** Puts one text to a task. */
export type TaskCall = (
  task: TaskName,
  request: { input: string; model?: string | undefined; options: Record<string, unknown> },
  signal: AbortSignal,
) => Promise<TaskResponse<unknown>>;

export interface TargetParts {
  call: TaskCall;
  /** Throws `not_found` for a model that is not there or is for another task. */
  checkModel: (task: TaskName, model: string | undefined) => void | Promise<void>;
  /** What the bot is asked with; made only when a suite needs it. */
  bot: () => Promise<
    Pick<Services, 'knowledge' | 'chat' | 'conversations' | 'chatTools'> & { tenant: string }
  >;
  /** The value of an environment variable that a suite names. */
  secret: (name: string) => string | undefined;
}

/** Opens what a suite or a caller names. Throws `invalid_input` when a key it names is not set. */
export async function openTarget(reference: TargetReference, parts: TargetParts): Promise<Target> {
  if ('task' in reference) {
    await parts.checkModel(reference.task, reference.model);
    return taskTarget(reference, parts.call);
  }
  if ('endpoint' in reference) {
    const { keyFrom } = reference.endpoint;
    const key = keyFrom === undefined ? undefined : parts.secret(keyFrom);
    if (keyFrom !== undefined && !key)
      throw ParlanceError.field(
        '/target/endpoint/keyFrom',
        `The environment variable ${keyFrom} is not set.`,
      );
    return endpointTarget(reference.endpoint, key);
  }
  const { tenant, ...bot } = await parts.bot();
  if ('search' in reference) return searchTarget(reference.search.limit, tenant, bot.knowledge);
  if ('answers' in reference)
    return answersTarget(reference.answers.language, (signal) => bot.chatTools(tenant, signal));
  return conversationsTarget(reference.conversations.language, tenant, bot);
}

/** Calls a task for a tenant, as work that can wait unless said. */
export const taskCall =
  ({ inference }: Pick<Services, 'inference'>, tenant: string, lane: Lane = 'batch'): TaskCall =>
  async (task, request, signal) => {
    const response = await inference.tasks.run(task, request, { tenant, lane, signal });
    return response as Awaited<ReturnType<TaskCall>>;
  };

/** The sample company's articles, in a tenant of their own: evaluations are put to it, and nobody's desk shows them. */
export const sampleTenant = 'evaluation';
export const sampleFolder = (root: string) => join(root, 'examples', 'orrin');
