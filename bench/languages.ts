import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { openLanguageDetector } from '#nlp';

/**
 * How often the language of the first 1 to 10 words of a sentence is right among 60, and whether the confidence means what it says.
 *   npm run eval:languages              with the shipped setting, on sentences that nothing was chosen on
 *   npm run eval:languages -- --choose  several settings, on those that one may choose on
 * Tatoeba (CC BY 2.0 FR) is read from ../shared/data/translation and not part of the project.
 */
const data = join(import.meta.dirname, '..', '..', 'shared', 'data', 'translation');
const files = {
  en: 'tatoeba-en-es.train',
  es: 'tatoeba-en-es.train',
  fr: 'tatoeba-en-fr',
  de: 'tatoeba-en-de',
};
const perLanguage = 3000;

interface Beginning {
  text: string;
  language: string;
  words: number;
}

/** Sentences spread over the file: the even ones of them to choose on, the odd ones to report. */
function beginnings(held: boolean): Beginning[] {
  return Object.entries(files).flatMap(([language, file]) => {
    const lines = gunzipSync(readFileSync(join(data, `${file}.jsonl.gz`)))
      .toString('utf8')
      .trim()
      .split('\n');
    const step = Math.floor(lines.length / (2 * perLanguage));
    return Array.from({ length: perLanguage }, (_, at) => {
      const sentence: string = JSON.parse(lines[(2 * at + Number(held)) * step] ?? '')[language];
      const words = sentence.split(/\s+/).slice(0, 1 + (at % 10));
      return { text: words.join(' '), language, words: words.length };
    });
  });
}

async function measure(rows: Beginning[], evidence?: number) {
  const detector = await openLanguageDetector(evidence);
  const bins = Array.from({ length: 10 }, () => ({ rows: 0, confidence: 0, right: 0 }));
  const byWords = new Map<number, { rows: number; right: number }>();
  let [loss, right, answered] = [0, 0, 0];
  for (const { text, language, words } of rows) {
    const found = detector.detect(text);
    const best = found[0];
    if (!best) continue;
    const correct = best.language === language;
    const own = found.find((each) => each.language === language)?.confidence ?? 0;
    const bin = bins[Math.min(9, Math.floor(best.confidence * 10))];
    const row = byWords.get(words) ?? { rows: 0, right: 0 };
    byWords.set(words, { rows: row.rows + 1, right: row.right + Number(correct) });
    if (bin) {
      bin.rows++;
      bin.confidence += best.confidence;
      bin.right += Number(correct);
    }
    answered++;
    right += Number(correct);
    loss -= Math.log(Math.max(own, 1e-9));
  }
  const gap = bins.reduce((sum, bin) => sum + Math.abs(bin.confidence - bin.right), 0) / answered;
  return { accuracy: right / answered, loss: loss / answered, calibrationError: gap, bins, byWords };
}

if (!existsSync(join(data, `${files.en}.jsonl.gz`))) {
  console.warn(`Nothing is measured: ${data} is not there.`);
} else if (process.argv.includes('--choose')) {
  const rows = beginnings(false);
  for (const evidence of [0.02, 0.025, 0.03, 0.035, 0.04, 0.05, 0.06]) {
    const { accuracy, loss, calibrationError } = await measure(rows, evidence);
    console.log({ evidence, accuracy, loss, calibrationError });
  }
} else {
  const { bins, byWords, ...figures } = await measure(beginnings(true));
  console.log(figures);
  console.table(
    bins.map(({ rows, confidence, right }) => ({ rows, confidence: confidence / rows, right: right / rows })),
  );
  console.table(
    [...byWords]
      .sort(([a], [b]) => a - b)
      .map(([words, { rows, right }]) => ({ words, right: right / rows })),
  );
}
