import { Plus, X } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { Field, Select } from '../../ui/field.tsx';
import { formatLanguage } from '../../ui/format.ts';
import { Textarea } from '../../ui/textarea.tsx';
import { languages } from '../languages.ts';
import type { PerLanguage } from './draft.ts';
import type { Problems } from './problems.ts';

interface PerLanguageFieldsProps {
  /** Such as "Examples". */
  what: string;
  /** What the fields are called in `problems`. */
  field: string;
  hint: string;
  values: PerLanguage[];
  onChange: (values: PerLanguage[]) => void;
  problems: Problems;
  rows: number;
}

/** One box per language, with a way to add a language and to take one away. */
export function PerLanguageFields({
  what,
  field,
  hint,
  values,
  onChange,
  problems,
  rows,
}: PerLanguageFieldsProps) {
  const write = (language: string, text: string) =>
    onChange(values.map((each) => (each.language === language ? { language, text } : each)));
  const rest = languages.filter((language) => !values.some((each) => each.language === language));
  return (
    <div className="space-y-3">
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-2">
        {values.map(({ language, text }) => (
          <div key={language} className="relative min-w-0">
            <Field
              label={`${what} in ${formatLanguage(language)}`}
              error={problems[`${field}.${language}`]}
              hint={language === values[0]?.language ? hint : undefined}
            >
              {(ids) => (
                <Textarea
                  {...ids}
                  lang={language}
                  rows={rows}
                  value={text}
                  onChange={({ target }) => write(language, target.value)}
                />
              )}
            </Field>
            {values.length > 1 && (
              <Button
                variant="ghost"
                size="icon"
                aria-label={`Remove ${what.toLowerCase()} in ${formatLanguage(language)}`}
                onClick={() => onChange(values.filter((each) => each.language !== language))}
                className="-top-1 absolute right-0 size-7"
              >
                <X aria-hidden="true" />
              </Button>
            )}
          </div>
        ))}
      </div>
      {problems[field] && (
        <p role="alert" className="text-negative text-xs">
          {problems[field]}
        </p>
      )}
      <span className="inline-flex items-center gap-2 text-muted">
        <Plus className="size-4" aria-hidden="true" />
        <Select
          aria-label={`Add ${what.toLowerCase()} in another language`}
          value=""
          onChange={({ target }) =>
            target.value && onChange([...values, { language: target.value, text: '' }])
          }
          className="h-9 sm:h-8"
        >
          <option value="">Another language</option>
          {rest.map((language) => (
            <option key={language} value={language}>
              {formatLanguage(language)}
            </option>
          ))}
        </Select>
      </span>
    </div>
  );
}
