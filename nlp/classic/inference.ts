import { type ClassificationsOptions, type ModelCard, ParlanceError } from '#contracts';
import type { ModelCall } from '#inference';
import { type Classified, softmax } from '../kernels/sequence-classification.ts';

/** What such models were asked in the paper, and what Hugging Face's pipeline asks. */
const hypothesis = 'This example is {}.';

const placeOf = ({ labels = [] }: ModelCard, name: RegExp) => labels.findIndex((label) => name.test(label));

/** Whether a model judges what follows from a text. */
export const infers = (card: ModelCard): boolean => placeOf(card, /^entail/i) >= 0;

/** Pairs of a text and a label in one call, each of which is read by itself. */
const maxPairs = 4096;

/**
 * How likely each text has each label, by a model of natural language inference: the text is the premise, and that it has the label the
 * hypothesis (Yin, Hay & Roth 2019, "Benchmarking zero-shot text classification"). One label over the others, or each for itself.
 */
export async function byInference(
  texts: string[],
  labels: readonly string[],
  { hypothesis: template = hypothesis, multiple = false }: ClassificationsOptions,
  call: ModelCall,
): Promise<number[][]> {
  if (texts.length * labels.length > maxPairs) {
    const detail = `${texts.length} texts with ${labels.length} labels are ${texts.length * labels.length} pairs; ${maxPairs} are read in one call at most. Send fewer.`;
    throw ParlanceError.field('/input', detail, 'too_large');
  }
  const pairs = texts.flatMap((text) =>
    labels.map((label): Classified => ({ text, pair: template.split('{}').join(label), raw: true })),
  );
  const outputs = await call.infer<Float32Array>(pairs);
  const entailed = placeOf(call.card, /^entail/i);
  const contradicted = placeOf(call.card, /^contradict/i);
  return texts.map((_, at) => {
    const logits = outputs.slice(at * labels.length, (at + 1) * labels.length).map(({ value }) => value);
    const wanted = logits.map((each) => each[entailed] as number);
    if (!multiple) return Array.from(softmax(Float32Array.from(wanted)));
    return logits.map((each, label) => {
      const against =
        contradicted < 0 ? [...each].filter((_, place) => place !== entailed) : [each[contradicted] ?? 0];
      return softmax(Float32Array.of(wanted[label] as number, ...against))[0] as number;
    });
  });
}
