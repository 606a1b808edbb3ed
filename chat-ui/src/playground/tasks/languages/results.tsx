import type { LanguagesResult, TaskItem } from '#contracts';
import { formatLanguage, formatPercent } from '../../../ui/format.ts';
import { Chances } from '../../chances.tsx';
import { OutcomeTable } from '../../outcome-table.tsx';

const nameOf = (language: string) => (language === 'und' ? 'No language' : formatLanguage(language));

/** The language of one text, and what else it may be. */
export function LanguageVerdict({ result }: { result: LanguagesResult; text: string }) {
  return (
    <div className="grid grid-cols-1 gap-x-10 gap-y-6 p-4 sm:grid-cols-2 sm:p-5">
      <div>
        <p className="font-semibold text-2xl tracking-tight">{nameOf(result.language)}</p>
        <p className="figures text-muted">{formatPercent(result.confidence)} confident</p>
      </div>
      {result.candidates.length > 0 ? (
        <Chances
          chances={result.candidates.map(({ language, confidence }) => ({
            name: nameOf(language),
            value: confidence,
          }))}
        />
      ) : (
        <p className="text-muted">There are no letters in this text.</p>
      )}
    </div>
  );
}

export function LanguageTable({ items, texts }: { items: TaskItem<LanguagesResult>[]; texts: string[] }) {
  return (
    <OutcomeTable
      name="languages"
      items={items}
      texts={texts}
      columns={[
        { title: 'Language', show: ({ language }) => nameOf(language), value: ({ language }) => language },
        {
          title: 'Confidence',
          show: ({ confidence }) => <span className="figures">{formatPercent(confidence)}</span>,
          value: ({ confidence }) => confidence,
        },
      ]}
    />
  );
}
