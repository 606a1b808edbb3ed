import { InferenceSession, Tensor } from 'onnxruntime-node';

/** One MatMulInteger: the input a, uint8 [2, 4], times a constant of 127 everywhere, int8 [4, 2], into y, int32 [2, 2]. */
const graph =
  'CAgSADpcChgKAWEKAWISAXkiDU1hdE11bEludGVnZXISAWcqEwgECAIQA0IBYkoIf39/f39/f39aEwoBYRIOCgwIAhIICgIIAgoCCARiEwoBeRIOCgwIBhIICgIIAgoCCAJCBAoAEAo=';

let exact: Promise<boolean> | undefined;

/**
 * Whether this processor sums 8-bit products exactly in the kernels that onnxruntime picks by itself. Without VNNI (most
 * AMD before 2022, Intel before 2019) they add two products in 16 bits, which the largest overflow. Tried out, once a
 * process: Node cannot ask for the features of a processor, and the option that avoids the overflow costs all others much.
 */
export function int8SumsAreExact(): Promise<boolean> {
  exact ??= tryOut();
  return exact;
}

async function tryOut(): Promise<boolean> {
  const session = await InferenceSession.create(Buffer.from(graph, 'base64'), { intraOpNumThreads: 1 });
  const { y: sums } = await session.run({ a: new Tensor('uint8', new Uint8Array(8).fill(255), [2, 4]) });
  await session.release();
  const right = 4 * 255 * 127;
  return sums?.data instanceof Int32Array && sums.data.every((sum) => sum === right);
}
