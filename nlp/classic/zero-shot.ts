import type { DescribedLabel } from '#contracts';
import { dot } from '../vector.ts';
import { tempered } from './calibration.ts';

/** A label's description said in several ways, whose mean is steadier than any of them. */
const templates = [
  (about: string) => about,
  (about: string) => `This text is about ${about}.`,
  (about: string) => `The customer is writing about: ${about}`,
];

/** Calibrated on development rows of three sets of intents: `npm run eval:classification -- --choose`. */
export const zeroShotTemperature = 0.05;

/** What is embedded to know where a label lies: its description in several forms, and its examples. */
export function sayingsOf(label: string | DescribedLabel): string[] {
  if (typeof label === 'string') return templates.map((say) => say(spoken(label)));
  const examples = label.examples ?? [];
  return [...templates.map((say) => say(label.description)), ...examples];
}

/** `card_arrival` is a name for programs; models read words. */
const spoken = (name: string) => name.replaceAll(/[_-]+/g, ' ').trim() || name;

/** Where a label lies: the mean of what is said of it, half of it its examples where there are some, of unit length. */
export function prototypeOf(vectors: readonly Float32Array[]): Float32Array {
  const described = meanOf(vectors.slice(0, templates.length));
  const examples = vectors.slice(templates.length);
  return examples.length === 0 ? described : meanOf([described, meanOf(examples)]);
}

function meanOf(vectors: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors)
    for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] as number) + (vector[at] as number);
  const length = Math.sqrt(dot(sum, sum)) || 1;
  return sum.map((value) => value / length);
}

/** Probabilities of labels: softmax over the cosines with their prototypes (Snell et al. 2017, "Prototypical networks"). */
export function zeroShot(
  vector: Float32Array,
  prototypes: readonly Float32Array[],
  temperature = zeroShotTemperature,
): number[] {
  return tempered(
    prototypes.map((prototype) => dot(vector, prototype)),
    temperature,
  );
}
