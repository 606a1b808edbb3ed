import { encodeTexts, type Kernel, type Pass } from '#inference';

/**
 * Sentence vectors from token states: the mean over real tokens or the first token's state, as the card says, scaled to
 * unit length when the card asks for it (Reimers & Gurevych 2019, Sentence-BERT).
 */
export const sentenceEmbedding: Kernel<string, Float32Array> = {
  name: 'sentence-embedding',
  run: (model, texts, passTokens) =>
    encodeTexts(model, texts, passTokens, 'last_hidden_state', (pass) =>
      Array.from({ length: pass.rows }, (_, row) => {
        const vector = model.card.pooling === 'cls' ? firstState(pass, row) : meanState(pass, row);
        return model.card.normalize === false ? vector : toUnitLength(vector);
      }),
    ),
};

function firstState({ output, rows, columns }: Pass, row: number): Float32Array {
  const width = output.data.length / (rows * columns);
  const start = row * columns * width;
  return (output.data as Float32Array).slice(start, start + width);
}

function meanState({ output, mask, rows, columns }: Pass, row: number): Float32Array {
  const states = output.data as Float32Array;
  const width = states.length / (rows * columns);
  const sum = new Float32Array(width);
  let tokens = 0;
  for (let column = 0; column < columns; column++) {
    if (mask[row * columns + column] === 0n) continue;
    tokens++;
    const start = (row * columns + column) * width;
    for (let unit = 0; unit < width; unit++) sum[unit] = (sum[unit] ?? 0) + (states[start + unit] ?? 0);
  }
  return sum.map((value) => value / Math.max(tokens, 1));
}

function toUnitLength(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return length > 0 ? vector.map((value) => value / length) : vector;
}
