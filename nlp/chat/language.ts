import { countFunctionWords } from './words.ts';

/** English or Spanish, by the function words and signs of a message; `known` when it shows neither or both alike. */
export function languageOf(message: string, known: string): string {
  const { en, es } = countFunctionWords(message);
  const spanish = es + (/[¿¡ñ]/iu.test(message) ? 2 : 0);
  if (spanish === en) return known;
  return spanish > en ? 'es' : 'en';
}
