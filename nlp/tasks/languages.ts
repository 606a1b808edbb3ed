import { type LanguagesResult, ParlanceError } from '#contracts';
import { defineTask } from '#inference';
import { type LanguageDetector, languageDetector } from '../text/language.ts';

const maxCandidates = 5;
/** Less is what any text has of any language. */
const leastConfidence = 0.01;

export const languages = defineTask({
  name: 'languages',
  title: 'Languages',
  description:
    'Says which of 60 languages texts are in, with a confidence that is low where a text is short, and shares where it is in several. A text without letters is in none: `und`, 0. The first 20,000 characters are read.',
  builtIn: { id: 'eld', revision: '2.1.0', engine: 'n-grams', dtype: 'none' },
  async checkOptions({ among }) {
    if (among) distinctKnown(among, await languageDetector());
  },
  async run(texts, { among }) {
    const detector = await languageDetector();
    const known = among && distinctKnown(among, detector);
    return texts.map((text) => resultOf(detector, text, known));
  },
});

function resultOf(detector: LanguageDetector, text: string, among?: string[]): LanguagesResult {
  const found = detector.detect(text, among);
  const [best] = found;
  if (!best) return { language: 'und', confidence: 0, candidates: [] };
  const shown = found.filter(({ confidence }, at) => at === 0 || confidence >= leastConfidence);
  const candidates = shown
    .slice(0, maxCandidates)
    .map(({ language, confidence }) => ({ language, confidence: Math.round(confidence * 1e4) / 1e4 }));
  return { language: best.language, confidence: candidates[0]?.confidence ?? 0, candidates };
}

function distinctKnown(among: string[], { languages }: LanguageDetector): string[] {
  const unknown = among.findIndex((language) => !languages.has(language));
  if (unknown >= 0)
    throw ParlanceError.field(
      `/options/among/${unknown}`,
      `${among[unknown]} is not told from others. These are: ${[...languages].sort().join(', ')}.`,
    );
  return [...new Set(among)];
}
