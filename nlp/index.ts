import type { TaskRegistry } from '#inference';
import { embeddings } from './tasks/embeddings.ts';
import { sentiment } from './tasks/sentiment.ts';

export { textKernels } from './kernels/index.ts';

/** Every text task, by name: one file in `tasks/` and one line here. */
export const textTasks: TaskRegistry = { sentiment, embeddings };

export { estimateTokens, type Piece, passagesOf } from './knowledge/passages.ts';
export { oneLine, type Section, SectionBuilder, tableText } from './knowledge/section.ts';
