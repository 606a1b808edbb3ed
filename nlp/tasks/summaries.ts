import { ParlanceError, type SummariesOptions, type SummariesResult } from '#contracts';
import { defineTask, type ModelCall } from '#inference';
import { refuseUnmeant, writeSummary } from '../summary/abstract.ts';
import { conversationFacts, readTranscript, type Transcript } from '../summary/conversation.ts';
import { extract } from '../summary/extract.ts';
import { writes } from '../summary/summarizers.ts';
import { unitsOf } from '../summary/units.ts';
import { embedAll } from '../summary/vectors.ts';
import type { Span } from '../text/segment.ts';
import { sentiment } from './sentiment.ts';

export const summaries = defineTask({
  name: 'summaries',
  title: 'Summaries',
  description:
    'Picks the sentences that say most of a text, each with its place in it. Of the transcript of a conversation also what it was about, what was done, how it ended, what comes next and how the customer’s mood changed, each with the turns it rests on, or the reason why that cannot be told. Nothing is written that was not said, unless a model that writes is asked for: then the summary is in its words, and a long text is read in sections.',
  models: ['embeddings', 'summaries', 'chat'],
  checkOptions(options, { card }) {
    if (writes(card.kernel)) refuseUnmeant(options);
  },
  check(text, options, pointer) {
    if (options.kind === 'conversation') readTranscript(text, options, pointer);
  },
  async run(texts, options, call) {
    if (writes(call.card.kernel))
      return await Promise.all(texts.map((text) => writeSummary(text, options, call)));
    const sources = texts.map((text) => sourceOf(text, options));
    refuseTooMany(sources);
    // All together: many short texts are as quick as one long one.
    const vectors = await embedAll(
      sources.flatMap(({ pieces }) => pieces),
      call,
    );
    const results: SummariesResult[] = [];
    let from = 0;
    for (const [at, source] of sources.entries()) {
      const to = from + source.pieces.length;
      results.push(await summarize(texts[at] ?? '', source, vectors.slice(from, to), options, call));
      from = to;
    }
    return results;
  },
});

/** A text cut into what its summary is made of. */
interface Source {
  transcript?: Transcript;
  spans: Span[];
  pieces: string[];
}

/** Sentences in one call, each of which is embedded: several times what prose of the greatest length has. */
const maxSentences = 16_384;

function refuseTooMany(sources: Source[]): void {
  const count = sources.reduce((sum, { pieces }) => sum + pieces.length, 0);
  if (count <= maxSentences) return;
  const detail = `There are ${count} sentences; ${maxSentences} are read in one call at most. Send fewer or shorter texts.`;
  throw ParlanceError.field('/input', detail, 'too_large');
}

function sourceOf(text: string, options: SummariesOptions): Source {
  const transcript = options.kind === 'conversation' ? readTranscript(text, options) : undefined;
  const spans = transcript?.sentences ?? unitsOf(text);
  return {
    ...(transcript && { transcript }),
    spans,
    pieces: spans.map(({ start, end }) => text.slice(start, end)),
  };
}

async function summarize(
  text: string,
  { transcript, spans, pieces }: Source,
  vectors: Float32Array[],
  options: SummariesOptions,
  call: ModelCall,
): Promise<SummariesResult> {
  const units = spans.map(({ start, end }, at) => ({
    ...{ start, end },
    text: pieces[at] as string,
    vector: vectors[at] as Float32Array,
  }));
  const { scores, ...summary } = await extract(units, transcript ? 'conversation' : 'text', options);
  if (!transcript) return summary;
  const score = async (turns: string[]) => {
    const verdicts = await sentiment.run(turns, {}, call.with('sentiment'));
    return verdicts.map((verdict) => verdict.score);
  };
  return { ...summary, conversation: await conversationFacts(text, transcript, scores, score) };
}
