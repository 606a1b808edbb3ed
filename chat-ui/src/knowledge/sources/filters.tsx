import { Search } from 'lucide-react';
import { Input, Select } from '../../ui/field.tsx';
import { formatLanguage } from '../../ui/format.ts';
import { languages } from '../languages.ts';

export function LanguageSelect({
  label,
  any,
  value,
  onChange,
}: {
  label: string;
  /** What choosing none means. */
  any: string;
  value: string | undefined;
  onChange: (language: string | undefined) => void;
}) {
  const offered = value && !languages.includes(value) ? [value, ...languages] : languages;
  return (
    <Select
      aria-label={label}
      value={value ?? ''}
      onChange={({ target }) => onChange(target.value || undefined)}
    >
      <option value="">{any}</option>
      {offered.map((language) => (
        <option key={language} value={language}>
          {formatLanguage(language)}
        </option>
      ))}
    </Select>
  );
}

interface SourceFiltersProps {
  query: string;
  language: string | undefined;
  onQuery: (query: string) => void;
  onLanguage: (language: string | undefined) => void;
}

export function SourceFilters({ query, language, onQuery, onLanguage }: SourceFiltersProps) {
  return (
    <search className="flex flex-wrap gap-2">
      <span className="relative min-w-0 grow basis-52 sm:max-w-sm">
        <Search
          className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-3 size-4 text-faint"
          aria-hidden="true"
        />
        <Input
          type="search"
          aria-label="Filter the sources"
          placeholder="Title, file or section"
          value={query}
          onChange={({ target }) => onQuery(target.value)}
          className="pl-9"
        />
      </span>
      <LanguageSelect label="Language" any="Every language" value={language} onChange={onLanguage} />
    </search>
  );
}
