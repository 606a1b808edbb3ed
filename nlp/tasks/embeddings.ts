import { defineTask } from '#inference';

export const embeddings = defineTask({
  name: 'embeddings',
  title: 'Embeddings',
  description:
    'Turns texts into vectors whose cosine says how close their meanings are. What exceeds the token limit of the model is left out and reported as `usage.truncated`.',
  async run(texts, { encoding = 'float' }, call) {
    const outputs = await call.infer<Float32Array>(texts);
    return outputs.map(({ value }) => ({
      vector: encoding === 'base64' ? toBase64(value) : toNumbers(value),
    }));
  },
});

/**
 * Eight decimals: below the resolution of a float32 of this size, and half the characters of the exact double. A loop takes
 * a tenth of the time of `Array.from` with a function.
 */
function toNumbers(vector: Float32Array): number[] {
  const numbers = new Array<number>(vector.length);
  for (let unit = 0; unit < vector.length; unit++)
    numbers[unit] = Math.round((vector[unit] ?? 0) * 1e8) / 1e8;
  return numbers;
}

function toBase64(vector: Float32Array): string {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64');
}
