import { expect, it } from 'vitest';
import { modelCard } from '#contracts';
import { ModelCatalogue, ModelStore } from '#inference';
import { shownOf } from './status.ts';

it('shows nothing of where the files of a model or its server are', () => {
  const card = modelCard.parse({
    ...{ id: 'far', revision: '1', name: 'far', description: '', task: 'translations', kernel: 'seq2seq' },
    ...{ engine: 'kserve', dtype: 'fp32', source: 'remote', licence: 'MIT', languages: ['en'] },
    endpoint: { url: 'http://gpu-1:8000', key: 'GPU_KEY' },
    ...{ graph: 'onnx/encoder.onnx', decoder: 'onnx/first.onnx', decoderNext: 'onnx/next.onnx' },
    ...{ files: [{ path: 'onnx/encoder.onnx', sha256: '0'.repeat(64), size: 7 }], maxTokens: 9 },
  });
  const shown = shownOf({ catalogue: new ModelCatalogue([card]), store: new ModelStore({}) }, card);
  expect(shown).toMatchObject({ id: 'far', bytes: 7, default: true });
  expect(JSON.stringify(shown)).not.toMatch(/gpu-1|GPU_KEY|onnx\//);
});
