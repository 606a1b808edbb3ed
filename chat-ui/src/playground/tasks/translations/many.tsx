import { Download } from 'lucide-react';
import type { TaskItem, TranslationsResult } from '#contracts';
import { Button } from '../../../ui/button.tsx';
import { download, toCsv } from '../../csv.ts';

/** Each text beside its translation. */
export function TranslationsMany({
  items,
  texts,
}: {
  items: TaskItem<TranslationsResult>[];
  texts: string[];
}) {
  const rows = items.map((item, at) => ({ text: texts[at] ?? '', item }));
  const save = () => {
    const lines = rows.map(({ text, item }) => [
      text,
      'result' in item ? item.result.text : item.error.detail,
    ]);
    download('translations.csv', 'text/csv', toCsv([['text', 'translation'], ...lines]));
  };
  return (
    <div className="p-4 sm:p-5">
      <div className="mb-3 flex justify-end">
        <Button variant="secondary" onClick={save}>
          <Download aria-hidden="true" /> CSV
        </Button>
      </div>
      <ol className="divide-y divide-line">
        {rows.map(({ text, item }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: texts may repeat, and their order is what they are
          <li key={at} className="grid grid-cols-1 gap-x-6 gap-y-1 py-2.5 sm:grid-cols-2">
            <span className="break-words text-muted">{text}</span>
            {'result' in item ? (
              <span lang={item.result.target} className="break-words">
                {item.result.text}
              </span>
            ) : (
              <span className="break-words text-negative">{item.error.detail}</span>
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}
