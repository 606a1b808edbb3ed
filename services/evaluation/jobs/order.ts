import { z } from 'zod';
import {
  type EvaluationJob,
  ParlanceError,
  type StartJobRequest,
  scope,
  type TargetReference,
} from '#contracts';
import { readSuite, type Suite } from '#eval';
import type { Principal } from '../../principal.ts';
import { openBundled } from '../suites.ts';

/** A job as it is kept beside its results, so that a server that was ended goes on with it. */
export const order = z.object({
  id: z.uuid(),
  tenant: z.string(),
  actor: z.string(),
  user: z.object({ id: z.string(), name: z.string() }).nullable(),
  scopes: z.array(scope),
  request: z.object({
    suite: z.string().optional(),
    yaml: z.string().optional(),
    model: z.string().optional(),
    limit: z.number().int().optional(),
  }),
  startedAt: z.iso.datetime(),
});
export type Order = z.infer<typeof order>;

export const orderOf = (
  id: string,
  { tenant, actor, user, scopes }: Principal,
  request: StartJobRequest,
): Order => ({ id, tenant, actor, user, scopes: [...scopes], request, startedAt: new Date().toISOString() });

/** Whoever asked for it, for what is recorded in their name. */
export const principalOf = ({ tenant, actor, user, scopes }: Order): Principal => ({
  ...{ tenant, actor, user, scopes },
  ratePerMinute: null,
  customer: null,
});

/** The suite of an order, and where its files are. Throws `not_found`, `invalid_input`, `unsupported`. */
export async function suiteOf({ request }: Order, root: string): Promise<{ suite: Suite; folder: string }> {
  if (request.suite !== undefined) return await openBundled(root, request.suite);
  const suite = readSuite(request.yaml ?? '');
  const { dataset, target } = suite.document;
  if ('file' in dataset)
    throw ParlanceError.field(
      '/yaml',
      'A suite that is sent has its rows in it or in a dataset of this server: files are for the command line.',
      'unsupported',
    );
  const trusted = suite.scorers.find(({ scorer }) => scorer.trusted);
  if (trusted)
    throw ParlanceError.field(
      '/yaml',
      `The scorer ${trusted.as} takes patterns, which can keep a server busy for ever: run the suite by "parlance eval run", and publish the run.`,
      'unsupported',
    );
  if (target && 'endpoint' in target)
    throw ParlanceError.field(
      '/yaml',
      'This server calls no outside endpoints for evaluations: run the suite by "parlance eval run", and publish the run.',
      'unsupported',
    );
  return { suite, folder: root };
}

/** What is asked. Throws `invalid_input` where nothing is, or a model is named for what has none. */
export function targetOf({ document }: Suite, { model }: Order['request']): TargetReference {
  const { target } = document;
  if (!target) throw ParlanceError.field('/yaml', 'The suite does not say what it asks: give it a target.');
  if (model === undefined) return target;
  if (!('task' in target))
    throw ParlanceError.field('/model', 'This suite asks no task, so it takes no model.');
  return { ...target, model };
}

/** A job that has just begun; `rows` are those of the suite, where that is known. */
export const begun = (
  { id, startedAt, request }: Order,
  { document }: Suite,
  target: string,
  rows: number | null,
): EvaluationJob => ({
  ...{ id, startedAt, target, suite: document.suite, title: document.title },
  state: 'running',
  answered: 0,
  wanted: rows === null ? null : Math.min(rows, request.limit ?? rows) * document.repeats,
  errored: 0,
  problem: null,
  endedAt: null,
});
