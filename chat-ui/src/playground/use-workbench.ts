import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useState } from 'react';
import { taskOf } from './registry.ts';
import { complaint, optionsOf, optionsParam, requestOf } from './request.ts';
import { linkableText, type PlaygroundSearch } from './search.ts';
import { draft, lastSearch, outcomes } from './state.ts';
import type { OptionValue } from './task.ts';
import { useRun } from './use-run.ts';

const settleMs = 400;

/** Everything the panels of the playground share. The address holds the settings; the draft holds the text. */
export function useWorkbench() {
  const search = useSearch({ from: '/' });
  const navigate = useNavigate({ from: '/' });
  const task = taskOf(search.task ?? 'sentiment');
  const text = draft.use();
  const outcome = outcomes.use()[task.name];
  const { run: send, cancel, clear, running, failure } = useRun();
  const [notice, setNotice] = useState<string>();

  const update = useCallback(
    (change: Partial<PlaygroundSearch>) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false }),
    [navigate],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page opens; afterwards the text leads
  useEffect(() => {
    if (search.text !== undefined) draft.set(search.text);
    else if (Object.values(search).every((value) => value === undefined)) update(lastSearch.get());
  }, []);

  useEffect(() => lastSearch.set(search), [search]);

  useEffect(() => {
    const timer = setTimeout(() => {
      if (linkableText(text) !== search.text) update({ text: linkableText(text) });
    }, settleMs);
    return () => clearTimeout(timer);
  }, [text, search.text, update]);

  const run = useCallback(() => {
    const request = requestOf(task, search, draft.get());
    const wrong = complaint(request);
    setNotice(wrong);
    if (!wrong) send(request);
  }, [task, search, send]);

  const setText = useCallback((value: string) => {
    setNotice(undefined);
    draft.set(value);
  }, []);

  return {
    task,
    search,
    text,
    outcome,
    running,
    failure,
    notice,
    request: requestOf(task, search, text),
    options: optionsOf(task, search),
    run,
    cancel,
    update,
    setText,
    /** Another task keeps the text but none of the settings that were the first one's. */
    setTask: (name: PlaygroundSearch['task']) => {
      cancel();
      clear();
      setNotice(undefined);
      update({
        task: name === 'sentiment' ? undefined : name,
        many: undefined,
        options: undefined,
        model: undefined,
      });
    },
    setOption: (key: string, value: OptionValue) =>
      update({ options: optionsParam(task, { ...optionsOf(task, search), [key]: value }) }),
    /** Puts an example in the box and runs it, which is what one wants of an example. */
    pick: (example: string) => {
      setText(example);
      run();
    },
  };
}

export type Workbench = ReturnType<typeof useWorkbench>;
