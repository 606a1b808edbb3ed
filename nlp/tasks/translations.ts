import {
  ParlanceError,
  type TranslationPair,
  type TranslationsOptions,
  type TranslationsResult,
  type TranslationsSegment,
} from '#contracts';
import { defineTask, type ModelCall } from '#inference';
import type { Writing, Written } from '../kernels/seq2seq.ts';
import { type LanguageDetector, languageDetector } from '../text/language.ts';
import { piecesOf, withPieces } from '../translation/layout.ts';
import { languageTag, pairsInto, sameLanguage, targetsOf } from '../translation/pairs.ts';
import { hasLetters, translateSentences } from '../translation/sentences.ts';

export const translations = defineTask({
  name: 'translations',
  title: 'Translations',
  description:
    'Translates texts sentence by sentence and keeps their paragraphs, lists and spacing. Addresses, codes, numbers and what a glossary names come through unchanged or as the glossary says. The source language is found for each text when it is not given; a text in the target language stays as it is.',
  checkOptions(asked, call) {
    const options = tagged(asked);
    const usable = usableFor(options.target, call);
    // What is said of every text needs none to be looked at.
    if (options.source !== undefined) directionOf('', options, usable, call, undefined);
  },
  async run(texts, asked, call) {
    const options = tagged(asked);
    // What cannot be done is refused before anything is.
    const detector = options.source === undefined ? await languageDetector() : undefined;
    const usable = usableFor(options.target, call);
    const directions = texts.map((text) => directionOf(text, options, usable, call, detector));
    const results = texts.map((text, at): TranslationsResult | ParlanceError => {
      const { source, target, impossible } = directions[at] as Direction;
      return impossible ?? { text, source, target, segments: [] };
    });
    const pairs = new Set(directions.flatMap(({ pair }) => pair ?? []));
    for (const pair of pairs) {
      const places = texts.flatMap((_, at) => (directions[at]?.pair === pair ? [at] : []));
      // All their sentences in one call: one text after the other would leave the model idle.
      const segments = await segmentsOf(
        places.map((at) => texts[at] ?? ''),
        pair,
        options,
        call,
      );
      places.forEach((at, place) => {
        const own = segments[place] ?? [];
        const text = withPieces(
          texts[at] ?? '',
          own,
          own.map((segment) => segment.text),
        );
        results[at] = { text, source: pair.source, target: pair.target, segments: own };
      });
    }
    return results;
  },
});

const tagged = ({ source, target, ...options }: TranslationsOptions): TranslationsOptions => ({
  ...options,
  target: languageTag(target),
  ...(source !== undefined && { source: languageTag(source) }),
});

/** Without a pair there is nothing to translate, or it is impossible. */
interface Direction {
  source: string;
  target: string;
  pair?: TranslationPair;
  impossible?: ParlanceError;
}

/** Conservative characters of one token, so that a piece seldom exceeds what the model reads. */
const charactersPerToken = 2;

/** The translated pieces of each text. */
async function segmentsOf(
  texts: string[],
  pair: TranslationPair,
  { glossary = [], beams }: TranslationsOptions,
  call: ModelCall,
): Promise<TranslationsSegment[][]> {
  const maxLength = call.card.maxTokens * charactersPerToken;
  const kept = texts.map((text) =>
    piecesOf(text, maxLength).map(({ start, end }): TranslationsSegment => {
      const source = text.slice(start, end);
      return { source, start, end, text: source, score: null };
    }),
  );
  const spoken = kept.flat().filter(({ source }) => hasLetters(source));
  const translated = await translateSentences(
    spoken.map(({ source }) => source),
    glossary,
    async (sentences) => {
      const inputs = sentences.map(
        (text): Writing => ({
          text: pair.prefix + text,
          sourceToken: pair.sourceToken,
          forced: pair.forced,
          beams,
        }),
      );
      return (await call.infer<Written>(inputs)).map(({ value }) => value);
    },
  );
  spoken.forEach((segment, at) => {
    const { text, score } = translated[at] ?? segment;
    segment.text = text;
    segment.score = score === null ? null : Math.round(score * 1000) / 1000;
  });
  return kept;
}

/** @throws ParlanceError `unsupported` for a language that the model does not translate into */
function usableFor(target: string, { card }: ModelCall): TranslationPair[] {
  const usable = pairsInto(card, target);
  if (usable.length > 0) return usable;
  const detail = `${card.id} does not translate into ${target}. It translates into ${listed(targetsOf(card))}.`;
  throw ParlanceError.field('/options/target', detail, 'unsupported');
}

/** From where to where a text goes, and how the model is asked for it. Throws `unsupported` for options that it cannot follow. */
function directionOf(
  text: string,
  { source, target }: TranslationsOptions,
  usable: readonly TranslationPair[],
  { card }: ModelCall,
  detector: LanguageDetector | undefined,
): Direction {
  const expected = [...usable.map((pair) => pair.source), target];
  const from = source ?? spoken(text, expected, detector) ?? expected[0] ?? '';
  const pair = usable.find((each) => sameLanguage(each.source, from));
  if (pair) return { source: pair.source, target: pair.target, pair };
  if (sameLanguage(from, target)) return { source: from, target };
  const detail = `${card.id} does not translate from ${from} into ${target}. It translates from ${listed(usable.map((each) => each.source))}.`;
  const impossible = ParlanceError.field('/options/source', detail, 'unsupported');
  // Said of every text by the caller, or found out of this one.
  if (source !== undefined) throw impossible;
  return { source: from, target, impossible };
}

/** A short text could be in any language: then it is taken to be in one that was to be expected. */
const sure = 0.8;

function spoken(
  text: string,
  expected: string[],
  detector: LanguageDetector | undefined,
): string | undefined {
  const [best] = detector?.detect(text) ?? [];
  if (best && best.confidence >= sure) return best.language;
  const known = expected
    .map((each) => each.split('-')[0] ?? each)
    .filter((each) => detector?.languages.has(each));
  return detector?.detect(text, known)[0]?.language;
}

const listed = (languages: string[]) => [...new Set(languages)].join(', ') || 'nothing';
