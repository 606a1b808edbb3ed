import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TensorData } from '../../engine.ts';
import { readAnswer, type SentTensor, writeRequest } from './message.ts';

/** An answer as a server writes it: each tensor as JSON, or as bytes behind the JSON. */
interface Written {
  name: string;
  datatype: string;
  shape: readonly number[];
  bytes?: Uint8Array;
  data?: unknown[];
}

function answer(tensors: Written[], jsonLength?: number): [Uint8Array, number | undefined] {
  const json = Buffer.from(
    JSON.stringify({
      model_name: 'm',
      outputs: tensors.map(({ bytes, ...rest }) => ({
        ...rest,
        ...(bytes && { parameters: { binary_data_size: bytes.length } }),
      })),
    }),
  );
  const blobs = tensors.flatMap(({ bytes }) => (bytes ? [bytes] : []));
  return [Buffer.concat([json, ...blobs]), jsonLength ?? (blobs.length > 0 ? json.length : undefined)];
}

/** Bytes of numbers, least significant first, written one by one. */
function bytesOf(datatype: string, values: readonly (number | bigint)[]): Uint8Array {
  const sizes: Record<string, number> = { BOOL: 1, INT32: 4, INT64: 8, FP32: 4, FP64: 8 };
  const bytes = Buffer.alloc((sizes[datatype] ?? 0) * values.length);
  values.forEach((value, at) => {
    if (datatype === 'BOOL') bytes.writeUInt8(Number(value), at);
    else if (datatype === 'INT32') bytes.writeInt32LE(Number(value), at * 4);
    else if (datatype === 'INT64') bytes.writeBigInt64LE(BigInt(value), at * 8);
    else if (datatype === 'FP32') bytes.writeFloatLE(Number(value), at * 4);
    else bytes.writeDoubleLE(Number(value), at * 8);
  });
  return bytes;
}

const rowsAndColumns = fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 1, max: 5 }));
const listsOf = <T>(value: fc.Arbitrary<T>) =>
  rowsAndColumns.chain(([rows, columns]) =>
    fc.record({
      shape: fc.constant([rows, columns]),
      values: fc.array(value, { minLength: rows * columns, maxLength: rows * columns }),
    }),
  );
const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const numbers = fc.oneof(
  listsOf(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })).map((list) => ({
    datatype: 'INT64',
    ...list,
  })),
  listsOf(int32.map(BigInt)).map((list) => ({ datatype: 'INT32', ...list })),
  listsOf(fc.integer({ min: 0, max: 1 })).map((list) => ({ datatype: 'BOOL', ...list })),
  listsOf(fc.float({ noNaN: false })).map((list) => ({ datatype: 'FP32', ...list })),
  listsOf(fc.float().map((value) => value)).map((list) => ({ datatype: 'FP64', ...list })),
);

describe('an answer', () => {
  test('is read as it was written, whatever its tensors are and wherever their bytes begin', () => {
    fc.assert(
      fc.property(fc.array(numbers, { minLength: 1, maxLength: 4 }), (tensors) => {
        const written = tensors.map(({ datatype, shape, values }, at) => ({
          ...{ name: `t${at}`, datatype, shape },
          bytes: bytesOf(datatype, values as number[]),
        }));
        const read = readAnswer(...answer(written));
        tensors.forEach(({ shape, values }, at) => {
          expect(read[`t${at}`]?.dims).toEqual(shape);
          expect(Array.from(read[`t${at}`]?.data as Iterable<number | bigint>)).toEqual(values);
        });
      }),
    );
  });

  test('may be JSON, flat or nested, beside tensors that are bytes', () => {
    const read = readAnswer(
      ...answer([
        {
          name: 'nested',
          datatype: 'FP32',
          shape: [2, 2],
          data: [
            [1, 2.5],
            [-3, 0],
          ],
        },
        { name: 'bytes', datatype: 'INT32', shape: [1], bytes: bytesOf('INT32', [7]) },
        { name: 'flat', datatype: 'INT64', shape: [2], data: [1, 2] },
        { name: 'booleans', datatype: 'BOOL', shape: [2], data: [true, false] },
      ]),
    );
    const data = Object.fromEntries(Object.entries(read).map(([name, tensor]) => [name, tensor.data]));
    expect(data).toEqual({
      nested: Float32Array.of(1, 2.5, -3, 0),
      bytes: BigInt64Array.of(7n),
      flat: BigInt64Array.of(1n, 2n),
      booleans: Uint8Array.of(1, 0),
    });
  });

  test.each<[string, number, number]>([
    ['FP16', 0x3c00, 1],
    ['FP16', 0xc000, -2],
    ['FP16', 0x7bff, 65504],
    ['FP16', 0x0400, 2 ** -14],
    ['FP16', 0x0001, 2 ** -24],
    ['FP16', 0x83ff, -1023 * 2 ** -24],
    ['FP16', 0x3555, 0.333251953125],
    ['FP16', 0xfc00, Number.NEGATIVE_INFINITY],
    ['FP16', 0x7e00, Number.NaN],
    ['BF16', 0x3f80, 1],
    ['BF16', 0xc2f7, -123.5],
    ['BF16', 0x7f80, Number.POSITIVE_INFINITY],
  ])('%s %x is %f', (datatype, bits, value) => {
    const bytes = Uint8Array.of(bits & 0xff, bits >> 8);
    const read = readAnswer(...answer([{ name: 'x', datatype, shape: [1], bytes }]));
    expect(read.x?.data).toEqual(Float32Array.of(value));
  });

  const four = { name: 'x', datatype: 'FP32', shape: [2], bytes: bytesOf('FP32', [1, 2]) };
  test.each<[string, [Uint8Array, number | undefined], string]>([
    ['no JSON', [Buffer.from('<html>'), undefined], 'is no JSON'],
    ['no outputs', [Buffer.from('{"error":"x"}'), undefined], 'is not of the form'],
    ['bytes without a word on where they begin', [answer([four])[0], undefined], 'is no JSON'],
    ['a wrong word on it', [answer([four])[0], 5], 'is no JSON'],
    ['more JSON than there is', [answer([four])[0], 10_000], 'says that 10000 of its'],
    ['less than none', [answer([four])[0], -1], 'says that -1 of its'],
    ['no number', [answer([four])[0], Number.NaN], 'says that NaN of its'],
    ['too few bytes', [answer([four])[0].subarray(0, -1), answer([four])[1]], 'breaks off within x'],
    [
      'too many',
      [Buffer.concat([answer([four])[0], Buffer.of(0)]), answer([four])[1]],
      'has 1 bytes too many',
    ],
    ['another size than its shape', answer([{ ...four, shape: [3] }]), 'has 8 bytes for 3 numbers of FP32'],
    ['a shape below zero', answer([{ ...four, shape: [-2] }]), 'is not of the form'],
    ['an unknown datatype', answer([{ ...four, datatype: 'constructor' }]), 'has a tensor of constructor'],
    [
      'texts',
      answer([{ name: 'x', datatype: 'FP32', shape: [1], data: ['1'] }]),
      'something else than numbers',
    ],
    [
      'broken whole numbers',
      answer([{ name: 'x', datatype: 'INT64', shape: [1], data: [0.5] }]),
      'something else',
    ],
    [
      'too few numbers',
      answer([{ name: 'x', datatype: 'FP32', shape: [2], data: [1] }]),
      'has 1 numbers where 2',
    ],
    ['no numbers', answer([{ name: 'x', datatype: 'FP32', shape: [2] }]), 'has 0 numbers where 2'],
  ])('with %s is refused, with what is wrong', (_, message, reason) => {
    expect(() => readAnswer(...message)).toThrow(reason);
  });

  test('of any bytes gives tensors or a reason', () => {
    const [valid, length = 0] = answer([four, { ...four, name: 'y' }]);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { maxLength: 8 }),
        fc.nat(valid.length),
        fc.option(fc.integer({ min: -5, max: valid.length + 5 })),
        (changes, end, claimed) => {
          const bytes = Buffer.from(valid);
          for (const [at, value] of changes) bytes[at] = value;
          try {
            readAnswer(bytes.subarray(0, end), claimed ?? length);
          } catch (error) {
            expect((error as Error).message).toMatch(/^(is|has|says|breaks) /);
          }
        },
      ),
    );
  });
});

describe('a request', () => {
  /** As a server reads it. */
  function read({ body, jsonLength }: ReturnType<typeof writeRequest>) {
    const json = JSON.parse(Buffer.from(body).subarray(0, jsonLength).toString());
    let at = jsonLength ?? body.length;
    for (const input of json.inputs) {
      const size: number = input.parameters?.binary_data_size ?? 0;
      input.bytes = Buffer.from(body.subarray(at, at + size));
      at += size;
    }
    return { json, rest: body.length - at };
  }
  const tensorOf = (data: TensorData, dims: readonly number[]) => ({ data, dims });

  test('has its tensors behind the JSON, in their order, in the datatypes that were declared', () => {
    fc.assert(
      fc.property(
        listsOf(int32.map(BigInt)),
        fc.constantFrom('INT64', 'INT32', 'FP32'),
        ({ shape, values }, datatype) => {
          const tensor = tensorOf(BigInt64Array.from(values), shape);
          const other = tensorOf(Float32Array.of(0.5), [1]);
          const inputs: SentTensor[] = [
            { name: 'ids', datatype, tensor },
            { name: 'f', datatype: 'FP32', tensor: other },
          ];
          const { json, rest } = read(writeRequest(inputs, ['a', 'b'], true));
          expect(rest).toBe(0);
          expect(json.inputs[0]).toMatchObject({ name: 'ids', datatype, shape });
          expect(json.inputs[0].bytes).toEqual(bytesOf(datatype, values));
          expect(json.inputs[1].bytes).toEqual(bytesOf('FP32', [0.5]));
          expect(json.outputs).toEqual([
            { name: 'a', parameters: { binary_data: true } },
            { name: 'b', parameters: { binary_data: true } },
          ]);
        },
      ),
    );
  });

  test('is JSON alone for a server without the extension', () => {
    const tensor = tensorOf(BigInt64Array.of(1n, 2n, 3n, 4n), [2, 2]);
    const message = writeRequest([{ name: 'ids', datatype: 'INT64', tensor }], ['a'], false);
    expect(message.jsonLength).toBeUndefined();
    expect(JSON.parse(Buffer.from(message.body).toString())).toEqual({
      inputs: [{ name: 'ids', datatype: 'INT64', shape: [2, 2], data: [1, 2, 3, 4] }],
      outputs: [{ name: 'a' }],
    });
  });

  test('says which datatype it cannot be written in', () => {
    const tensor = tensorOf(Float32Array.of(1), [1]);
    const write = (datatype: string) => () => writeRequest([{ name: 'x', datatype, tensor }], [], true);
    expect(write('FP16')).toThrow('wants a tensor of FP16');
    expect(write('BYTES')).toThrow('has a tensor of BYTES');
  });
});
