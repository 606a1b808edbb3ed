const names = new Intl.DisplayNames('en', { type: 'language' });

/** What a language is called here. */
export const nameOf = (tag: string): string => names.of(tag) ?? tag;
