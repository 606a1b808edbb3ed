import type { TensorData } from '../../engine.ts';

/** How numbers of one datatype of the Open Inference Protocol lie in bytes, least significant first, and what they are here. */
interface Datatype {
  bytes: number;
  /** From bytes that begin at an address of their own. */
  read(bytes: ArrayBuffer): TensorData;
  /** Left out for what no tensor of ours is sent as. */
  write?(data: TensorData): Uint8Array;
}

const bytesOf = (data: NodeJS.ArrayBufferView) =>
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
const numbers = (data: TensorData): number[] => Array.from(data as Iterable<number | bigint>, Number);

/** Those that text models read and write. */
const datatypes: Record<string, Datatype> = {
  BOOL: { bytes: 1, read: (bytes) => new Uint8Array(bytes), write: (data) => Uint8Array.from(numbers(data)) },
  INT32: {
    bytes: 4,
    read: (bytes) => BigInt64Array.from(new Int32Array(bytes), BigInt),
    write: (data) => bytesOf(Int32Array.from(numbers(data))),
  },
  INT64: {
    bytes: 8,
    read: (bytes) => new BigInt64Array(bytes),
    write: (data) =>
      bytesOf(data instanceof BigInt64Array ? data : BigInt64Array.from(numbers(data), BigInt)),
  },
  FP16: { bytes: 2, read: (bytes) => halves(new Uint16Array(bytes)) },
  BF16: { bytes: 2, read: (bytes) => upperHalves(new Uint16Array(bytes)) },
  FP32: {
    bytes: 4,
    read: (bytes) => new Float32Array(bytes),
    write: (data) => bytesOf(data instanceof Float32Array ? data : Float32Array.from(numbers(data))),
  },
  FP64: { bytes: 8, read: (bytes) => Float32Array.from(new Float64Array(bytes)) },
};

/** @throws Error for a datatype that no model of ours has */
function datatype(name: string): Datatype {
  const found = Object.hasOwn(datatypes, name) ? datatypes[name] : undefined;
  if (!found) throw new Error(`has a tensor of ${name.slice(0, 20)}, which is not read here`);
  return found;
}

/**
 * A tensor's numbers in the bytes of a datatype.
 * @throws Error for one that numbers are not sent as
 */
export function toBytes(name: string, data: TensorData): Uint8Array {
  const { write } = datatype(name);
  if (!write) throw new Error(`wants a tensor of ${name}, which is not sent from here`);
  return write(data);
}

/**
 * The numbers in the bytes of a datatype: half precision and its kin as float32, whole numbers as int64.
 * @throws Error when there are not `count` of them
 */
export function fromBytes(name: string, bytes: Uint8Array, count: number): TensorData {
  const type = datatype(name);
  if (bytes.length !== type.bytes * count) {
    throw new Error(`has ${bytes.length} bytes for ${count} numbers of ${name}`);
  }
  // A copy: where the bytes lie in the answer no typed array may begin.
  return type.read(new Uint8Array(bytes).buffer);
}

/**
 * The numbers of a list in JSON, flat or nested as the shape is.
 * @throws Error for anything but numbers or booleans, and when there are not `count` of them
 */
export function fromJson(name: string, data: readonly unknown[], count: number): TensorData {
  const flat = data.flat(Number.POSITIVE_INFINITY) as unknown[];
  if (flat.length !== count) throw new Error(`has ${flat.length} numbers where ${count} belong`);
  const whole = name.startsWith('INT');
  if (
    !flat.every(
      (value) => typeof value === 'boolean' || (whole ? Number.isInteger(value) : typeof value === 'number'),
    )
  ) {
    throw new Error(`has something else than numbers of ${name}`);
  }
  const values = flat.map(Number);
  if (name === 'BOOL') return Uint8Array.from(values);
  return whole ? BigInt64Array.from(values, BigInt) : Float32Array.from(values);
}

let halfValues: Float32Array | undefined;

/** By a table of all there are: an answer has hundreds of thousands, and nobody else is answered meanwhile. */
function halves(bits: Uint16Array): Float32Array {
  halfValues ??= Float32Array.from({ length: 2 ** 16 }, (_, each) => halfToNumber(each));
  const values = new Float32Array(bits.length);
  for (let at = 0; at < bits.length; at++) values[at] = halfValues[bits[at] as number] as number;
  return values;
}

/** IEEE 754 binary16: a sign, five bits of exponent, ten of fraction. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** bfloat16 is the upper half of a float32. */
function upperHalves(bits: Uint16Array): Float32Array {
  const whole = new Uint32Array(bits.length);
  for (let at = 0; at < bits.length; at++) whole[at] = (bits[at] as number) << 16;
  return new Float32Array(whole.buffer);
}
