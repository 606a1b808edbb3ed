import { type SQL, sql } from 'drizzle-orm';

/**
 * How PostgreSQL reads a language: the name of its configuration, which knows stems and words that say nothing, and the words
 * of questions that its list lacks. An article hardly ever has these, so each would count as the rarest word of all.
 */
const languages = {
  en: ['english', 'how (many|much)|whose'],
  es: ['spanish', 'cu[aá]ndo|cu[aá]nt[oa]s?|c[oó]mo|ad?[oó]nde|d[oó]nde|qui[eé]n(es)?|cu[aá]l(es)?|qu[eé]'],
  de: ['german', 'wann|wie ?viele?|wohin|woher|wer|wen|wem|warum|wieso'],
  fr: ['french', 'quand|combien|comment|où|quoi|quel(le)?s?|pourquoi'],
  it: ['italian', 'quando|quant[oaie]|quali?|cosa|perché'],
  pt: ['portuguese', 'quant[oa]s?|a?onde|qua(l|is)|porqu[eê]'],
  nl: ['dutch', 'wanneer|hoeveel|waar(om|heen)?|welke?'],
} as const;

/** The text search configuration of the language that an SQL expression yields; `simple`, which knows no stems, for all others. */
export const configurationOf = (language: SQL): SQL =>
  byLanguage(language, ([name]) => `'${name}'::regconfig`, `'simple'::regconfig`);

/** A question without the words that make it one. */
export const withoutAsking = (language: SQL, question: string): SQL =>
  sql`regexp_replace(${question}, ${byLanguage(language, ([, words]) => `'\\m(${words})\\M'`, `'^\\M'`)}, ' ', 'gi')`;

function byLanguage(
  language: SQL,
  value: (entry: readonly [string, string]) => string,
  otherwise: string,
): SQL {
  const cases = Object.entries(languages).map(([code, entry]) =>
    sql.raw(`when '${code}' then ${value(entry)}`),
  );
  return sql`(case ${language} ${sql.join(cases, sql` `)} else ${sql.raw(otherwise)} end)`;
}
