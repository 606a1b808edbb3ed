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

/** Eight decimals: below the resolution of a float32 of this size, and half the characters of the exact double. */
function toNumbers(vector: Float32Array): number[] {
  return Array.from(vector, (value) => Math.round(value * 1e8) / 1e8);
}

function toBase64(vector: Float32Array): string {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64');
}
