import { kserveAnswer } from '#contracts';
import type { Tensor, Tensors } from '../../engine.ts';
import { fromBytes, fromJson, toBytes } from './datatypes.ts';

/** A tensor to send, as the datatype that the server declares. */
export interface SentTensor {
  name: string;
  datatype: string;
  tensor: Tensor;
}

/** A request: JSON, and behind it the bytes of the tensors in their order where `jsonLength` says where the JSON ends. */
export interface Message {
  body: Uint8Array;
  jsonLength?: number | undefined;
}

/**
 * Writes an inference request of the Open Inference Protocol with the binary extension, which also asks for a binary answer; without
 * it numbers are written out in JSON. See extension_binary_data.md of Triton's documentation.
 */
export function writeRequest(
  inputs: readonly SentTensor[],
  outputs: readonly string[],
  binary: boolean,
): Message {
  if (!binary) {
    const body = {
      inputs: inputs.map(({ name, datatype, tensor: { data, dims } }) => ({
        ...{ name, datatype, shape: dims },
        data: Array.from(data as Iterable<number | bigint>, Number),
      })),
      outputs: outputs.map((name) => ({ name })),
    };
    return { body: new TextEncoder().encode(JSON.stringify(body)) };
  }
  const blobs = inputs.map(({ datatype, tensor }) => toBytes(datatype, tensor.data));
  const head = {
    inputs: inputs.map(({ name, datatype, tensor }, at) => ({
      ...{ name, datatype, shape: tensor.dims },
      parameters: { binary_data_size: blobs[at]?.length },
    })),
    outputs: outputs.map((name) => ({ name, parameters: { binary_data: true } })),
  };
  const json = new TextEncoder().encode(JSON.stringify(head));
  return { body: Buffer.concat([json, ...blobs]), jsonLength: json.length };
}

/**
 * Reads an answer, whichever of its tensors are in JSON and which behind it.
 * @param jsonLength as the server says; undefined where all is JSON
 * @throws Error that says what is wrong with it
 */
export function readAnswer(body: Uint8Array, jsonLength: number | undefined): Tensors {
  const end = jsonLength ?? body.length;
  if (!Number.isInteger(end) || end < 0 || end > body.length) {
    throw new Error(`says that ${end} of its ${body.length} bytes are JSON`);
  }
  const { outputs } = parse(body.subarray(0, end));
  let at = end;
  const tensors: Tensors = {};
  for (const { name, shape, datatype, parameters, data } of outputs) {
    const count = shape.reduce((product, size) => product * size, 1);
    const size = parameters?.binary_data_size;
    if (size === undefined) {
      tensors[name] = { data: fromJson(datatype, data ?? [], count), dims: shape };
    } else {
      if (at + size > body.length) throw new Error(`breaks off within ${name}`);
      tensors[name] = { data: fromBytes(datatype, body.subarray(at, at + size), count), dims: shape };
      at += size;
    }
  }
  if (at !== body.length) throw new Error(`has ${body.length - at} bytes too many`);
  return tensors;
}

function parse(json: Uint8Array) {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(json));
  } catch (cause) {
    throw new Error('is no JSON', { cause });
  }
  const parsed = kserveAnswer.safeParse(value);
  if (!parsed.success) throw new Error('is not of the form it should have', { cause: parsed.error.message });
  return parsed.data;
}
