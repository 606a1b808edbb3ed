/** Languages to offer before anything is known of the documents: those most help pages of the world are in. */
export const languages: readonly string[] = [
  'en',
  'es',
  'de',
  'fr',
  'it',
  'pt',
  'nl',
  'pl',
  'tr',
  'ar',
  'ja',
  'zh',
];
