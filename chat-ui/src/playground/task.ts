import type { LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';
import type { z } from 'zod';
import type {
  ModelTask,
  TaskContracts,
  TaskItem,
  TaskListResponse,
  TaskName,
  TaskResponse,
} from '#contracts';

export type ResultOf<N extends TaskName> = z.infer<TaskContracts[N]['result']>;

/** One option of a task's contract, by its key: on or off, one of some choices, or words. Empty ones are not sent. */
export type TaskOption = { key: string; label: string; hint: string } & (
  | { kind: 'switch'; initially: boolean }
  | { kind: 'choice'; initially: string; choices: { value: string; label: string }[] }
  /** `list`: the contract takes several, which are written one after the other with commas. */
  | { kind: 'words'; initially: string; list?: true }
);
export type OptionValue = boolean | string;

/** What the playground must know about a task to offer it; the rest of the page is the same for all. */
export interface PlaygroundTask<N extends TaskName> {
  name: N;
  title: string;
  icon: LucideIcon;
  purpose: string;
  placeholder: string;
  /** A text to begin with on a server that has no saved examples. */
  starter: string;
  options: TaskOption[];
  /** Where something else answers unless a model is asked for: what that is called, and whose models may be asked for. */
  usually?: { name: string; models: readonly ModelTask[] };
  /** Whether each line is a text of its own until the visitor says otherwise. */
  manyInitially: boolean;
  One: ComponentType<{ result: ResultOf<N>; text: string }>;
  Many: ComponentType<{ items: TaskItem<ResultOf<N>>[]; texts: string[] }>;
}

/** A task whose result type is its own business. */
export type AnyTask = Omit<PlaygroundTask<TaskName>, 'One' | 'Many'> & {
  One: ComponentType<{ result: unknown; text: string }>;
  Many: ComponentType<{ items: TaskItem<unknown>[]; texts: string[] }>;
};

/** What is sent: the body of `POST /api/v1/<task>`. */
export interface RunRequest {
  task: TaskName;
  input: string | string[];
  options: Record<string, boolean | string | string[]>;
  model?: string;
}

/** A finished run: what was sent, what came back, and how long the browser waited. */
export interface Outcome {
  request: RunRequest;
  response: TaskResponse<unknown> | TaskListResponse<unknown>;
  roundTripMs: number;
}
