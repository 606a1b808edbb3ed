import { encodeTexts, type Kernel, type Pass, toUnitLength } from '#inference';

/** Of a graph that pools by itself, as exports of sentence-transformers do: a vector a row instead of a state a token. */
const pooledOutput = 'sentence_embedding';

/**
 * Sentence vectors: those of a graph that pools, else of token states the mean over real tokens or the first token's, as
 * the card says; scaled to unit length when the card asks for it (Reimers & Gurevych 2019, Sentence-BERT).
 */
export const sentenceEmbedding: Kernel<string, Float32Array> = {
  name: 'sentence-embedding',
  run(model, texts, passTokens) {
    const pooled = model.session.outputNames.includes(pooledOutput);
    const vectorOf = pooled ? pooledVector : model.card.pooling === 'cls' ? firstState : meanState;
    const output = pooled ? pooledOutput : 'last_hidden_state';
    return encodeTexts(model, texts, passTokens, output, (pass) =>
      Array.from({ length: pass.rows }, (_, row) => {
        const vector = vectorOf(pass, row);
        return model.card.normalize === false ? vector : toUnitLength(vector);
      }),
    );
  },
};

function pooledVector({ output, rows }: Pass, row: number): Float32Array {
  const width = output.data.length / rows;
  return (output.data as Float32Array).slice(row * width, (row + 1) * width);
}

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
