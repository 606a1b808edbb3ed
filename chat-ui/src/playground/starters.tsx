import { ArrowRight } from 'lucide-react';
import { Skeleton } from '../ui/skeleton.tsx';
import type { AnyTask } from './task.ts';
import { useExamples } from './use-examples.ts';

const mostShown = 4;

/** The empty result: what this task is for, and texts to try it with at one click. */
export function Starters({ task, onPick }: { task: AnyTask; onPick: (text: string) => void }) {
  const { examples, loading } = useExamples(task.name);
  const shown =
    examples.length > 0
      ? examples.slice(0, mostShown)
      : [{ id: 'starter', title: 'A first try', text: task.starter }];
  return (
    <div className="p-4 sm:p-6">
      <div className="mx-auto mb-6 flex max-w-md flex-col items-center pt-4 text-center sm:pt-8">
        <div className="mb-3 grid size-11 place-items-center rounded-xl bg-accent-soft text-accent">
          <task.icon className="size-5" aria-hidden="true" />
        </div>
        <h3 className="font-semibold text-base">{task.title}</h3>
        <p className="mt-1 text-muted">{task.purpose}</p>
      </div>
      <p className="mb-2 font-medium text-faint text-xs">Try one of these, or write your own</p>
      <ul className="grid grid-cols-1 gap-2 sm:grid-cols-2">
        {loading
          ? Array.from({ length: mostShown }, (_, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: placeholders are identical and never move
              <li key={index}>
                <Skeleton className="h-24 rounded-lg" />
              </li>
            ))
          : shown.map((example) => (
              <li key={example.id}>
                <button
                  type="button"
                  onClick={() => onPick(example.text)}
                  className="group flex h-full min-h-24 w-full flex-col rounded-lg border border-line bg-surface p-3.5 text-left transition-colors hover:border-accent"
                >
                  <span className="flex w-full items-center justify-between gap-2 font-medium">
                    <span className="truncate">{example.title}</span>
                    <ArrowRight
                      className="size-4 shrink-0 text-faint group-hover:text-accent"
                      aria-hidden="true"
                    />
                  </span>
                  <span className="mt-1 line-clamp-2 text-muted">{example.text}</span>
                </button>
              </li>
            ))}
      </ul>
    </div>
  );
}
