import type { z } from 'zod';
import { ParlanceError, type TaskContracts, type TaskName, type TaskResponse } from '#contracts';
import type { Caller, TaskRunner } from '#inference';

export interface WholeCall<N extends TaskName> {
  texts: readonly string[];
  model?: string | undefined;
  options?: z.infer<TaskContracts[N]['options']>;
  /** Where the caller wrote the text at a place, as a JSON pointer. */
  pointer(at: number): string;
}

export interface WholeAnswer<R> extends Omit<TaskResponse<R>, 'result'> {
  results: R[];
}

/**
 * A task call for clients that know no error of a single text: every text has a result, or none has.
 * @throws ParlanceError what `TaskRunner.run` throws, and the error of the first text that could not be used
 */
export async function runWhole<N extends TaskName>(
  tasks: Pick<TaskRunner, 'run'>,
  name: N,
  { texts, model, options, pointer }: WholeCall<N>,
  caller: Caller,
): Promise<WholeAnswer<z.infer<TaskContracts[N]['result']>>> {
  const answer = await tasks.run(name, { input: [...texts], model, options }, caller);
  if (!('results' in answer)) throw new Error('many texts were answered as one');
  const results = answer.results.map((item, at) => {
    if ('error' in item) throw ParlanceError.field(pointer(at), item.error.detail, item.error.code);
    return item.result as z.infer<TaskContracts[N]['result']>;
  });
  return { ...answer, results };
}
