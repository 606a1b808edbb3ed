import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine, Session, SessionOptions, Tensors } from '#inference';

/** What every engine must do for an encoder graph with the output `output` of the given width. */
export function engineSuite(
  name: string,
  engine: () => Promise<Engine>,
  options: SessionOptions,
  output: string,
): void {
  describe(`engine ${name}`, () => {
    let session: Session;
    beforeAll(async () => {
      session = await (await engine()).load(options);
    });
    afterAll(() => session.release());

    test('names its inputs and outputs', () => {
      expect(session.inputNames).toContain('input_ids');
      expect(session.inputNames).toContain('attention_mask');
      expect(session.outputNames).toContain(output);
    });

    test('answers one row of the promised width for each row', async () => {
      const tensor = (await session.run(rows([101, 2023, 102], [101, 102])))[output];
      expect(tensor?.dims[0]).toBe(2);
      expect(tensor?.dims.at(-1)).toBe(options.width);
      expect(tensor?.data).toHaveLength(tensor?.dims.reduce((product, dim) => product * dim, 1) ?? -1);
      expect([...((tensor?.data ?? []) as Float32Array)].every(Number.isFinite)).toBe(true);
    });

    test('is deterministic and tells texts apart', async () => {
      const first = await session.run(rows([101, 2023, 102]));
      const again = await session.run(rows([101, 2023, 102]));
      const other = await session.run(rows([101, 3000, 102]));
      expect(again[output]?.data).toEqual(first[output]?.data);
      expect(other[output]?.data).not.toEqual(first[output]?.data);
    });

    test('a row means the same beside a longer one', async () => {
      const alone = await session.run(rows([101, 2023, 2003, 102]));
      const beside = await session.run(
        rows([101, 2023, 2003, 102], [101, 2023, 2003, 1037, 2936, 6251, 102]),
      );
      const first = rowOf(alone[output]?.data as Float32Array, options.width);
      expect(cosine(first, rowOf(beside[output]?.data as Float32Array, options.width))).toBeGreaterThan(
        0.9999,
      );
    });

    test('gives the outputs that are asked for and no others', async () => {
      expect(Object.keys(await session.run(rows([101, 102]), [output]))).toEqual([output]);
    });

    // The fake reads no file.
    if (name !== 'fake') {
      test('refuses a graph that is not there', async () => {
        const missing = { ...options, graph: `${options.graph}.missing` };
        await expect((await engine()).load(missing)).rejects.toThrow();
      });
    }
  });
}

function rows(...ids: number[][]): Tensors {
  const width = Math.max(...ids.map((row) => row.length));
  const flat = (value: (row: number[], column: number) => number) =>
    BigInt64Array.from(
      ids.flatMap((row) => Array.from({ length: width }, (_, column) => BigInt(value(row, column)))),
    );
  const dims = [ids.length, width];
  return {
    input_ids: { data: flat((row, column) => row[column] ?? 0), dims },
    attention_mask: { data: flat((row, column) => (column < row.length ? 1 : 0)), dims },
    token_type_ids: { data: flat(() => 0), dims },
  };
}

const rowOf = (data: Float32Array, width: number) => data.subarray(0, width);

function cosine(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array) =>
    x.reduce((sum, value, at) => sum + value * (y[at] ?? 0), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}
