import type { Session, Tensor, Tensors } from './engine.ts';

export const rowsOf = (tensor: Tensor): number => tensor.dims[0] ?? 0;

/** Those that a graph declares. */
export const declared = (graph: Session, tensors: Tensors): Tensors =>
  Object.fromEntries(Object.entries(tensors).filter(([name]) => graph.inputNames.includes(name)));

/** Small whole numbers, none below zero, as int64. */
export function integers(values: ArrayLike<number>, dims: readonly number[]): Tensor {
  const data = new BigInt64Array(values.length);
  // Writing the low halves is several times faster than making a BigInt for each.
  const low = new Int32Array(data.buffer);
  for (let at = 0; at < values.length; at++) low[at * 2] = values[at] as number;
  return { data, dims };
}

/** Rows of token ids side by side, filled up with `pad`, and a 1 for every one that is real: both rows × columns. */
export function padded(
  rows: readonly (readonly number[])[],
  pad: number,
  columns = Math.max(0, ...rows.map(({ length }) => length)),
): { ids: Tensor; mask: Tensor } {
  const ids = new Int32Array(rows.length * columns).fill(pad);
  const mask = new Int32Array(rows.length * columns);
  rows.forEach((row, at) => {
    ids.set(row, at * columns);
    mask.fill(1, at * columns, at * columns + row.length);
  });
  const dims = [rows.length, columns];
  return { ids: integers(ids, dims), mask: integers(mask, dims) };
}

/** Rows of a tensor, in this order. */
export function gather({ data, dims }: Tensor, rows: ArrayLike<number>): Tensor {
  const size = data.length / (dims[0] || 1);
  const taken = new (data.constructor as Float32ArrayConstructor)(rows.length * size);
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number;
    taken.set((data as Float32Array).subarray(row * size, (row + 1) * size), at * size);
  }
  return { data: taken, dims: [rows.length, ...dims.slice(1)] };
}

/** A cache of no tokens: its heads and their width are what the graph declares as numbers. */
export function emptyCache(graph: Session, name: string, rows: number): Tensor {
  const [heads, width] = (graph.shapeOf(name) ?? []).filter((size) => typeof size === 'number');
  if (heads === undefined || width === undefined)
    throw new Error(`the decoder does not say the shape of ${name}`);
  return { data: new Float32Array(), dims: [rows, heads, 0, width] };
}
