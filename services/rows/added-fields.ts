import type {
  ClassificationsResult,
  EmbeddingsResult,
  EntitiesResult,
  LanguagesResult,
  RedactionsResult,
  RerankResult,
  SentimentResult,
  SummariesResult,
  TaskItem,
  TaskName,
  TranslationsResult,
} from '#contracts';
import type { TaskOptions, TaskResult } from './backend.ts';
import type { ScoredRow } from './score.ts';
import type { OutputRow } from './writer.ts';

type Added = [name: string, value: unknown][];

/** What a task adds to a row: always the same names in the same order, whether or not the row worked out. */
type Columns<N extends TaskName> = (result: TaskResult<N> | undefined, options: TaskOptions<N>) => Added;

const columns: { [N in TaskName]: Columns<N> } = {
  sentiment: (result: SentimentResult | undefined, options) => [
    ['sentiment_label', result?.label],
    ['sentiment_score', result?.score],
    ['negative', result?.probabilities.negative],
    ['neutral', result?.probabilities.neutral],
    ['positive', result?.probabilities.positive],
    ...(options.sentences ? ([['sentences', result?.sentences]] satisfies Added) : []),
    ...(options.explain ? ([['spans', result?.spans]] satisfies Added) : []),
  ],
  embeddings: (result: EmbeddingsResult | undefined) => [['embedding', result?.vector]],
  translations: (result: TranslationsResult | undefined) => [
    ['translation', result?.text],
    ['source_language', result?.source],
  ],
  summaries: (result: SummariesResult | undefined, options) => [
    ['summary', result?.text],
    ['sentences', result?.sentences],
    ...(options.kind === 'conversation' ? ([['conversation', result?.conversation]] satisfies Added) : []),
  ],
  entities: (result: EntitiesResult | undefined) => [['entities', result?.entities]],
  redactions: (result: RedactionsResult | undefined, options) => [
    ['redacted', result?.text],
    ['entities', result?.entities],
    ...(options.style === 'map' ? ([['map', result?.map]] satisfies Added) : []),
  ],
  languages: (result: LanguagesResult | undefined) => [
    ['language', result?.language],
    ['confidence', result?.confidence],
  ],
  classifications: (result: ClassificationsResult | undefined) => [
    ['label', result?.label],
    ['probability', result?.probabilities[result.label]],
    ['out_of_scope', result?.outOfScope],
  ],
  rerank: (result: RerankResult | undefined) => [['score', result?.score]],
};

/** The fields of a row's outcome: those of the task, then `error`. */
function addedFields<N extends TaskName>(
  task: N,
  item: TaskItem<TaskResult<N>>,
  options: TaskOptions<N>,
): Added {
  const failed = 'error' in item;
  return [
    ...columns[task](failed ? undefined : item.result, options),
    ['error', failed ? `${item.error.code}: ${item.error.detail}` : undefined],
  ];
}

/** A row as it is written: what it came with, and what became of it. */
export const outputRow = <N extends TaskName>(
  task: N,
  { row, item }: ScoredRow<N>,
  options: TaskOptions<N>,
): OutputRow => ({ ...row, added: addedFields(task, item, options) });
