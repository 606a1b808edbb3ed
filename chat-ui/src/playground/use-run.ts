import { useMutation } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { asParlanceError, type TaskListResponse, type TaskResponse } from '#contracts';
import { client } from '../api/client.ts';
import { outcomes } from './state.ts';
import type { Outcome, RunRequest } from './task.ts';

type AnyMethod = (
  input: string | string[],
  options: Record<string, unknown>,
  call: { signal: AbortSignal },
) => Promise<TaskResponse<unknown> | TaskListResponse<unknown>>;

async function send(request: RunRequest, signal: AbortSignal): Promise<Outcome> {
  const method = client().tasks[request.task] as unknown as AnyMethod;
  const startedAt = performance.now();
  const response = await method(request.input, { ...request.options, model: request.model }, { signal });
  return { request, response, roundTripMs: performance.now() - startedAt };
}

/** Runs one request at a time; a new run or leaving the page drops the one under way, on the server too. */
export function useRun() {
  const controller = useRef<AbortController>(undefined);
  const { mutate, reset, isPending, error } = useMutation({
    mutationFn: (request: RunRequest) => {
      controller.current?.abort();
      controller.current = new AbortController();
      return send(request, controller.current.signal);
    },
    onSuccess: (outcome) => outcomes.set({ ...outcomes.get(), [outcome.request.task]: outcome }),
  });
  const cancel = useCallback(() => controller.current?.abort(), []);
  useEffect(() => cancel, [cancel]);
  const failure = error && asParlanceError(error).code !== 'cancelled' ? asParlanceError(error) : undefined;
  return { run: mutate, cancel, clear: reset, running: isPending, failure };
}
