import { ParlanceError, type SummariesOptions, type SummariesResult } from '#contracts';
import type { ModelCall } from '#inference';
import { sentencesOf, windowsOf, wordsOf } from '../text/segment.ts';
import { type Summarizer, type Summary, summarizerOf } from './summarizers.ts';

/** A section that is no longer than this is not cut again: what cannot read it can read none. */
const shortest = 8;

/**
 * A summary in a model's own words. What the model cannot read at once is read in sections that end where a sentence does; their
 * summaries, one after the other, are summed up again until they fit, or do not get shorter. Nothing is left out on the way.
 * @throws ParlanceError `unsupported` for options that such a summary cannot follow
 */
export async function writeSummary(
  text: string,
  options: SummariesOptions,
  call: ModelCall,
): Promise<SummariesResult> {
  refuseUnmeant(options);
  const summarizer = summarizerOf(call);
  let read = text;
  let sections = 0;
  for (;;) {
    const parts = await summarizeSections(read, summarizer);
    sections += parts.length;
    const joined = parts.join(' ').trim();
    if (parts.length <= 1 || joined === '' || joined.length > read.length / 2)
      return { ...shortened(joined, options), sections };
    read = joined;
  }
}

/** What a summary of sentences of the text means by these, one in other words does not have. Throws `unsupported` then. */
export function refuseUnmeant({ sentences, ratio, kind, customer }: SummariesOptions): void {
  const option = Object.entries({ sentences, ratio, customer }).find(([, value]) => value !== undefined)?.[0];
  const name = kind === 'conversation' ? 'kind' : option;
  if (!name) return;
  const detail = `\`${name}\` is for summaries by sentences of the text. Leave \`model\` out for one; the length of a written one can be bounded by \`words\`.`;
  throw ParlanceError.field(`/options/${name}`, detail, 'unsupported');
}

/** The summaries of a text's sections, in its order, each of which was read whole. */
async function summarizeSections(text: string, { longest, sumUp }: Summarizer): Promise<string[]> {
  const done = new Map<number, string>();
  let open = windowsOf(text, longest);
  while (open.length > 0) {
    const summaries = await sumUp(open.map(({ start, end }) => text.slice(start, end)));
    open = open.flatMap((section, at) => {
      const { summary, cut } = summaries[at] as Summary;
      const length = section.end - section.start;
      if (!cut) {
        done.set(section.start, summary);
        return [];
      }
      if (length <= shortest) {
        const detail = 'This model reads too little at once to sum a text up. Ask for another.';
        throw ParlanceError.field('/model', detail, 'unsupported');
      }
      return windowsOf(text.slice(section.start, section.end), Math.ceil(length / 2)).map(
        ({ start, end }) => ({
          start: section.start + start,
          end: section.start + end,
        }),
      );
    });
  }
  return [...done.entries()].sort(([a], [b]) => a - b).map(([, summary]) => summary);
}

/** Whole sentences up to the number of words that is allowed, one at least. */
function shortened(text: string, { words }: SummariesOptions): Pick<SummariesResult, 'text' | 'sentences'> {
  if (words === undefined) return { text, sentences: [] };
  let [count, end] = [0, 0];
  for (const sentence of sentencesOf(text)) {
    count += wordsOf(text.slice(sentence.start, sentence.end)).length;
    if (end > 0 && count > words) break;
    end = sentence.end;
  }
  return { text: text.slice(0, end), sentences: [] };
}
