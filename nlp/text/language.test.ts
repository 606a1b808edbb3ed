import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type LanguageDetector, newLanguageDetector, openLanguageDetector } from './language.ts';

let detector: LanguageDetector;
beforeAll(async () => {
  detector = await openLanguageDetector();
});

const best = (text: string, among?: string[]) => detector.detect(text, among)[0];

describe('the language of a text', () => {
  test.each([
    ['en', 'Where is my parcel? It should have arrived last Tuesday.'],
    ['es', '¿Dónde está mi pedido? Debería haber llegado el martes.'],
    ['de', 'Ich möchte meinen Vertrag kündigen und mein Geld zurück.'],
    ['fr', 'Bonjour, je voudrais annuler ma commande.'],
    ['ja', 'こんにちは、注文をキャンセルしたいです。'],
    ['ar', 'أين طلبي؟ كان يجب أن يصل يوم الثلاثاء الماضي'],
  ])('%s is told with confidence from a sentence', (language, text) => {
    expect(best(text)).toMatchObject({ language });
    expect(best(text)?.confidence).toBeGreaterThan(0.8);
  });

  test.each(['', '12345', '…!? €', '👍👍'])('%j is in none', (text) => {
    expect(detector.detect(text)).toEqual([]);
  });

  test('a greeting alone says little, and more where few languages are possible', () => {
    expect(best('Hello')?.confidence).toBeLessThan(0.5);
    expect(best('Gracias', ['en', 'es'])).toMatchObject({ language: 'es' });
    expect(best('Gracias', ['en', 'es'])?.confidence).toBeGreaterThan(best('Gracias')?.confidence ?? 1);
  });

  test('of two languages each has its share', () => {
    const text =
      'Where is my parcel? It should have arrived last week. ¿Dónde está mi pedido? Debería haber llegado el martes.';
    const [first, second] = detector.detect(text);
    expect([first?.language, second?.language].sort()).toEqual(['en', 'es']);
    expect(first?.confidence).toBeLessThan(0.7);
    expect(second?.confidence).toBeGreaterThan(0.3);
  });

  test('sentences that agree say more than each of them', () => {
    const unsure = newLanguageDetector(new Set(['en', 'es', 'fr']), () => ({ es: 0.5, en: 0.4 }));
    const shareOf = (text: string) => unsure.detect(text)[0]?.confidence ?? 0;
    const [one, four] = [shareOf('Hola a todos.'), shareOf('Hola a todos. '.repeat(4))];
    expect(one).toBeGreaterThan(0.4);
    expect(one).toBeLessThan(0.8);
    expect(four).toBeGreaterThan(one + 0.05);
  });
});

test('a text that shows no sign of any language is in none, and adds nothing to the others', () => {
  const detector = newLanguageDetector(
    new Set(['en', 'es']),
    (text): Record<string, number> => (text.startsWith('Hola') ? { es: 0.9 } : {}),
  );
  expect(detector.detect('xxxxxxxx')).toEqual([]);
  expect(detector.detect('Hola a todos. Xxxxxxxx.')).toEqual(detector.detect('Hola a todos.'));
});

test('whatever the text and the scores, shares sum to one over all languages, the most likely first', () => {
  const score = fc.double({ min: 0, max: 0.95, noNaN: true });
  const sentence = fc.constantFrom('Ab cd. ', '12. ', 'Efgh ijk! ', '你好。');
  fc.assert(
    fc.property(fc.array(sentence, { maxLength: 8 }), score, score, (sentences, en, es) => {
      const detector = newLanguageDetector(new Set(['en', 'es', 'fr']), () => ({ en, es }));
      const found = detector.detect(sentences.join(''));
      const letters = sentences.some((each) => /\p{L}/u.test(each));
      expect(found).toHaveLength(letters ? 3 : 0);
      const sum = found.reduce((all, { confidence }) => all + confidence, 0);
      if (letters) expect(sum).toBeCloseTo(1, 6);
      for (const [at, { confidence }] of found.entries())
        expect(confidence).toBeLessThanOrEqual(found[at - 1]?.confidence ?? 1 + 1e-9);
    }),
  );
});
