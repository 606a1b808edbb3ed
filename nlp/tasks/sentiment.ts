import { ParlanceError, type SentimentProbabilities, type SentimentResult } from '#contracts';
import { defineTask, type KernelOutput, type ModelCall } from '#inference';
import { type Span, sentencesOf, windowsOf } from '../text/segment.ts';
import { explainVerdict } from './sentiment-explanation.ts';
import { verdictOf } from './sentiment-verdict.ts';

export const sentiment = defineTask({
  name: 'sentiment',
  title: 'Sentiment',
  description:
    'Says whether texts are negative, neutral or positive, with calibrated probabilities and a score from −5 to +5; on request for each sentence, and with the spans that carried the verdict. A text longer than the model reads is scored in windows, weighted by length.',
  async run(texts, { sentences, explain }, call) {
    // What cannot be done is refused before anything is.
    const spans = sentences ? segmented(texts) : undefined;
    if (explain) refuseTooMany(texts);
    const results: SentimentResult[] = (await classify(texts, call)).map(verdictOf);
    if (spans) await addSentences(texts, spans, results, call);
    if (explain) await addSpans(texts, results, call);
    return results;
  },
});

/** Conservative characters of one token, so that a window seldom exceeds what the model reads. */
const windowCharactersPerToken = 3;

/** Probabilities per text. What the model cannot read at once is read in windows and averaged by their tokens. */
async function classify(texts: string[], call: ModelCall): Promise<SentimentProbabilities[]> {
  const outputs = await call.infer<Float32Array>(texts, { countTruncation: false });
  const whole = outputs.map(({ value }) => toProbabilities(value, call));
  const long = outputs.flatMap((output, index) => (output.truncated ? [index] : []));
  if (long.length === 0) return whole;

  const windows = long.map((index) =>
    cut(texts[index] ?? '', call.card.maxTokens * windowCharactersPerToken),
  );
  const parts = await call.infer<Float32Array>(windows.flat());
  let from = 0;
  long.forEach((index, at) => {
    const to = from + (windows[at]?.length ?? 0);
    whole[index] = weightedMean(parts.slice(from, to), call);
    from = to;
  });
  return whole;
}

function cut(text: string, maxLength: number): string[] {
  return windowsOf(text, maxLength).map(({ start, end }) => text.slice(start, end));
}

function weightedMean(parts: KernelOutput<Float32Array>[], call: ModelCall): SentimentProbabilities {
  const total = parts.reduce((sum, part) => sum + part.tokens, 0);
  const mean = new Float32Array(parts[0]?.value.length ?? 0);
  for (const { value, tokens } of parts) {
    value.forEach((probability, at) => {
      mean[at] = (mean[at] ?? 0) + (probability * tokens) / total;
    });
  }
  return toProbabilities(mean, call);
}

/** Several labels of a model may mean one of ours: four stars and five. */
function toProbabilities(values: Float32Array, call: ModelCall): SentimentProbabilities {
  const { labels = [] } = call.card;
  const of = (mood: string) =>
    labels.reduce((sum, label, at) => sum + (label === mood ? (values[at] ?? 0) : 0), 0);
  return { negative: of('negative'), neutral: of('neutral'), positive: of('positive') };
}

/** Sentences one call may ask for. */
const maxSentences = 1024;

function segmented(texts: string[]): Span[][] {
  const spans = texts.map(sentencesOf);
  const count = spans.reduce((sum, each) => sum + each.length, 0);
  if (count <= maxSentences) return spans;
  const detail = `These texts have ${count} sentences; ${maxSentences} are scored in one call at most. Send fewer texts.`;
  throw ParlanceError.field('/options/sentences', detail, 'too_large');
}

async function addSentences(
  texts: string[],
  spans: Span[][],
  results: SentimentResult[],
  call: ModelCall,
): Promise<void> {
  const pieces = texts.flatMap((text, at) =>
    (spans[at] ?? []).map(({ start, end }) => text.slice(start, end)),
  );
  const verdicts = (await classify(pieces, call)).map(verdictOf);
  let next = 0;
  results.forEach((result, at) => {
    result.sentences = (spans[at] ?? []).map(({ start, end }) => {
      const sentence = { text: pieces[next] ?? '', start, end, ...(verdicts[next] as SentimentResult) };
      next++;
      return sentence;
    });
  });
}

/** Texts in one call that may ask for an explanation. */
const maxExplained = 32;

function refuseTooMany(texts: string[]): void {
  if (texts.length <= maxExplained) return;
  const detail = `Up to ${maxExplained} texts are explained in one call: each takes dozens of forward passes. Send fewer.`;
  throw ParlanceError.field('/options/explain', detail);
}

async function addSpans(texts: string[], results: SentimentResult[], call: ModelCall): Promise<void> {
  const score = (variants: string[]) => classify(variants, call);
  // One after the other: all at once would fill the queue that others wait in.
  for (const [at, result] of results.entries())
    result.spans = await explainVerdict(texts[at] ?? '', result, score);
}
