import { type ModelCall, toUnitLength } from '#inference';
import { windowsOf } from '../text/segment.ts';

/** Texts asked for at once: each chunk has a deadline of its own, and others get a turn between two. */
const chunk = 512;
/** Conservative characters of one token, so that a window seldom exceeds what the model reads. */
const windowCharactersPerToken = 3;

/** A unit vector for each text, by the embedding model. Equal texts are embedded once; a text longer than the model reads is the mean of its windows. */
export async function embedAll(texts: string[], call: ModelCall): Promise<Float32Array[]> {
  const vectors = new Map<string, Float32Array>();
  const distinct = [...new Set(texts)];
  for (let from = 0; from < distinct.length; from += chunk) {
    const part = distinct.slice(from, from + chunk);
    const outputs = await call.infer<Float32Array>(part, { countTruncation: false });
    for (const [at, { value, truncated }] of outputs.entries()) {
      const text = part[at] ?? '';
      vectors.set(text, truncated ? await ofWindows(text, call) : value);
    }
  }
  return texts.map((text) => vectors.get(text) as Float32Array);
}

async function ofWindows(text: string, call: ModelCall): Promise<Float32Array> {
  const windows = windowsOf(text, call.card.maxTokens * windowCharactersPerToken);
  const outputs = await call.infer<Float32Array>(windows.map(({ start, end }) => text.slice(start, end)));
  return toUnitLength(sum(outputs.map(({ value }) => value)));
}

/** The sum of vectors of one length, of which there is one at least. */
export function sum(vectors: readonly Float32Array[]): Float32Array {
  const total = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors)
    for (let at = 0; at < total.length; at++) total[at] = (total[at] as number) + (vector[at] as number);
  return total;
}
