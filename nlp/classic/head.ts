import { ParlanceError } from '#contracts';
import { tempered } from './calibration.ts';
import { type LinearModel, logitsOf } from './logistic.ts';
import { featuresOf, type TextFeatureSettings } from './text-features.ts';

/** A trained classifier: everything but the model that makes its embeddings. */
export interface Head {
  labels: string[];
  /** Numbers of an embedding. */
  dimensions: number;
  features: TextFeatureSettings;
  model: LinearModel;
  temperature: number;
  /** Below this probability of the best label a text is of none; 0 never is. */
  threshold: number;
}

/** Calibrated probabilities of the labels, in their order. `vector` is the embedding of the text, of unit length. */
export function probabilitiesOf(head: Head, text: string, vector: Float32Array): number[] {
  return tempered(logitsOf(head.model, featuresOf(text, vector, head.features)), head.temperature);
}

const magic = 'parlance-head-1\n';

/**
 * A head as bytes: a line, the length of a JSON header, the header, then the weights and the bias as little-endian float32.
 * @param id what tells these bytes from those of an equal head
 */
export function encodeHead({ model, ...head }: Head, id: string): Uint8Array {
  const { features, classes } = model;
  const header = Buffer.from(JSON.stringify({ id, ...head, shape: { features, classes } }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const bytes = (values: Float32Array) => Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return Buffer.concat([Buffer.from(magic), length, header, bytes(model.weights), bytes(model.bias)]);
}

/** @throws ParlanceError `internal` when these are not the bytes of a head, whole */
export function decodeHead(bytes: Uint8Array): Head {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const from = magic.length + 4;
  if (whole.length < from || whole.toString('latin1', 0, magic.length) !== magic) throw damaged();
  const end = from + whole.readUInt32LE(magic.length);
  const { id: _, shape, ...head } = headerOf(whole.subarray(from, end));
  const { features, classes } = shape;
  if (whole.length !== end + 4 * classes * (features + 1)) throw damaged();
  const floats = Float32Array.from({ length: classes * (features + 1) }, (_, at) =>
    whole.readFloatLE(end + 4 * at),
  );
  const split = features * classes;
  return {
    ...head,
    model: { features, classes, weights: floats.subarray(0, split), bias: floats.subarray(split) },
  };
}

type Header = Omit<Head, 'model'> & { id: string; shape: { features: number; classes: number } };

function headerOf(bytes: Buffer): Header {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw damaged();
  }
}

const damaged = () =>
  new ParlanceError('internal', 'The stored weights of this classifier are damaged. Train it again.');
