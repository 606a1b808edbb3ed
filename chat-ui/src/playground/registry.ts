import type { TaskName } from '#contracts';
import type { AnyTask, PlaygroundTask } from './task.ts';
import { classifications } from './tasks/classifications/task.ts';
import { embeddings } from './tasks/embeddings/task.ts';
import { entities } from './tasks/entities/task.ts';
import { languages } from './tasks/languages/task.ts';
import { redactions } from './tasks/redactions/task.ts';
import { rerank } from './tasks/rerank/task.ts';
import { sentiment } from './tasks/sentiment/task.ts';
import { summaries } from './tasks/summaries/task.ts';
import { translations } from './tasks/translations/task.ts';

/** Every task of the playground, in the order of its tabs. A new one is a folder in `tasks/` and a line here. */
const tasks: { [N in TaskName]: PlaygroundTask<N> } = {
  sentiment,
  classifications,
  entities,
  redactions,
  summaries,
  translations,
  languages,
  embeddings,
  rerank,
};

export const allTasks = Object.values(tasks) as unknown as AnyTask[];
export const taskOf = (name: TaskName): AnyTask => tasks[name] as unknown as AnyTask;
