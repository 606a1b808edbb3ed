import { useQuery } from '@tanstack/react-query';
import type { IntentAction } from '#contracts';
import { Field, Input } from '../../ui/field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { articlesQuery } from '../queries.ts';
import type { Draft } from './draft.ts';
import { PerLanguageFields } from './per-language.tsx';
import type { Problems } from './problems.ts';

const actions: { value: IntentAction['kind']; label: string }[] = [
  { value: 'answer', label: 'Answer' },
  { value: 'handoff', label: 'Hand over' },
  { value: 'smalltalk', label: 'Small talk' },
];
const meanings: Record<IntentAction['kind'], string> = {
  answer: 'The bot answers from one article, in the customer’s language where it exists in it.',
  handoff: 'The bot fetches a person at once, whatever the documents say.',
  smalltalk: 'The bot says what you write here and looks nothing up.',
};

interface IntentFormProps {
  draft: Draft;
  problems: Problems;
  onChange: (draft: Draft) => void;
}

/** Everything about one intent. */
export function IntentForm({ draft, problems, onChange }: IntentFormProps) {
  const change = (values: Partial<Draft>) => onChange({ ...draft, ...values });
  return (
    <div className="space-y-5">
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-[16rem_minmax(0,1fr)]">
        <Field label="Name" error={problems.name} hint="For you and for rules, such as late_fee">
          {(ids) => (
            <Input
              {...ids}
              value={draft.name}
              maxLength={64}
              autoComplete="off"
              spellCheck={false}
              autoFocus={draft.name === ''}
              className="font-mono text-[0.8125rem]"
              onChange={({ target }) => change({ name: target.value })}
            />
          )}
        </Field>
        <Field
          label="Description"
          error={problems.description}
          hint="Offered to the customer as a choice when two intents are close"
        >
          {(ids) => (
            <Input
              {...ids}
              value={draft.description}
              autoComplete="off"
              onChange={({ target }) => change({ description: target.value })}
            />
          )}
        </Field>
      </div>
      <div className="space-y-3">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Segmented
            label="What the bot does"
            value={draft.kind}
            options={actions}
            onChange={(kind) => change({ kind })}
          />
          <p className="min-w-0 text-faint text-xs">{meanings[draft.kind]}</p>
        </div>
        {draft.kind === 'answer' && (
          <ArticleField
            value={draft.article}
            error={problems.article}
            onChange={(article) => change({ article })}
          />
        )}
        {draft.kind === 'smalltalk' && (
          <PerLanguageFields
            what="Reply"
            field="reply"
            hint="Sent as it is"
            rows={2}
            values={draft.replies.length > 0 ? draft.replies : [{ language: 'en', text: '' }]}
            problems={problems}
            onChange={(replies) => change({ replies })}
          />
        )}
      </div>
      <PerLanguageFields
        what="Examples"
        field="examples"
        hint="One a line, as customers put it; five to ten, and different ones, work best"
        rows={5}
        values={draft.examples}
        problems={problems}
        onChange={(examples) => change({ examples })}
      />
    </div>
  );
}

function ArticleField({
  value,
  error,
  onChange,
}: {
  value: string;
  error: string | undefined;
  onChange: (article: string) => void;
}) {
  const articles = useQuery(articlesQuery).data ?? [];
  return (
    <div className="max-w-sm">
      <Field label="Article" error={error} hint="Name of the file without folder and ending">
        {(ids) => (
          <>
            <Input
              {...ids}
              list={`${ids.id}-list`}
              value={value}
              autoComplete="off"
              className="font-mono text-[0.8125rem]"
              onChange={({ target }) => onChange(target.value)}
            />
            <datalist id={`${ids.id}-list`}>
              {articles.map((article) => (
                <option key={article.name} value={article.name}>
                  {article.title}
                </option>
              ))}
            </datalist>
          </>
        )}
      </Field>
    </div>
  );
}
