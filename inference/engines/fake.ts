import { ParlanceError } from '#contracts';
import type { Engine, Session, SessionOptions, Tensors } from '../engine.ts';

const outputs = ['logits', 'last_hidden_state'];

/**
 * A deterministic stand-in for a BERT-shaped encoder: every output value is a hash of one row's real tokens and the
 * output column, in −1…1, so results differ between texts, do not depend on the batch or its padding, and never change.
 */
export const fakeEngine: Engine = {
  name: 'fake',
  load({ width }: SessionOptions): Promise<Session> {
    let released = false;
    return Promise.resolve({
      inputNames: ['input_ids', 'attention_mask', 'token_type_ids'],
      outputNames: outputs,
      shapeOf: () => undefined,
      run(inputs: Tensors, wanted: readonly string[] = outputs): Promise<Tensors> {
        if (released) return Promise.reject(new ParlanceError('internal', 'The session was released.'));
        const all = Object.entries(hashRows(inputs, width));
        return Promise.resolve(Object.fromEntries(all.filter(([name]) => wanted.includes(name))));
      },
      release: () => {
        released = true;
        return Promise.resolve();
      },
    });
  },
};

function hashRows(inputs: Tensors, width: number): Tensors {
  const ids = inputs.input_ids?.data as BigInt64Array;
  const mask = inputs.attention_mask?.data as BigInt64Array;
  const [rows = 0, columns = 0] = inputs.input_ids?.dims ?? [];
  const logits = new Float32Array(rows * width);
  const hidden = new Float32Array(rows * columns * width);
  for (let row = 0; row < rows; row++) {
    let seed = 2166136261;
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column;
      if (mask[at] !== 0n) seed = Math.imul(seed ^ Number(ids[at]), 16777619);
    }
    for (let unit = 0; unit < width; unit++) logits[row * width + unit] = unitValue(seed, unit);
    const values = logits.subarray(row * width, (row + 1) * width);
    for (let column = 0; column < columns; column++) hidden.set(values, (row * columns + column) * width);
  }
  return {
    logits: { data: logits, dims: [rows, width] },
    last_hidden_state: { data: hidden, dims: [rows, columns, width] },
  };
}

/** One step of a 32-bit integer mixer (the finaliser of MurmurHash3), scaled to −1…1. */
function unitValue(seed: number, unit: number): number {
  let mixed = Math.imul(seed ^ (unit + 1), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  mixed ^= mixed >>> 16;
  return mixed / 2 ** 31;
}
