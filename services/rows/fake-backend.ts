import type { TaskListResponse, TaskName } from '#contracts';
import type { Backend, TaskItems, TaskOptions, TaskResult } from './backend.ts';

/** Answers sentiment by a rule that tests can predict: `good` is positive, anything else neutral. Other tasks give nothing. */
export class FakeBackend implements Backend {
  readonly where = 'a fake';
  calls = 0;
  /** Called before each answer; may throw or wait. */
  readonly before: (texts: string[], signal: AbortSignal) => Promise<void>;

  constructor(before: FakeBackend['before'] = async () => {}) {
    this.before = before;
  }

  async run<N extends TaskName>(
    _task: N,
    texts: string[],
    _options: TaskOptions<N>,
    signal: AbortSignal,
  ): Promise<TaskListResponse<TaskResult<N>>> {
    this.calls++;
    await this.before(texts, signal);
    const results = texts.map((text) => ({
      result: {
        label: text.includes('good') ? 'positive' : 'neutral',
        score: text.includes('good') ? 5 : 0,
        probabilities: {
          negative: 0,
          neutral: text.includes('good') ? 0 : 1,
          positive: text.includes('good') ? 1 : 0,
        },
      },
    }));
    return {
      id: 'inf_fake',
      model: { id: 'fake', revision: '1', engine: 'fake', dtype: 'fp32' },
      usage: { inputTokens: 0, outputTokens: 0, truncated: false },
      timing: { queueMs: 0, inferenceMs: 0, totalMs: 0 },
      results: results as TaskItems<N>,
    };
  }

  async close(): Promise<void> {}
}
