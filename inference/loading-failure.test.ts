import { expect, it } from 'vitest';
import { loadingFailure } from './loading-failure.ts';

it.each([
  [
    'Load model from /models/own/onnx/model.onnx failed:Protobuf parsing failed.',
    'onnx/model.onnx is no ONNX graph: it is damaged, cut off or a pointer of Git LFS. Fetch it again',
  ],
  ['No such operator\n in /models/own.', 'No such operator in the model'],
])('%s', (message, reason) => {
  expect(loadingFailure(new Error(message), '/models/own')).toBe(reason);
});
