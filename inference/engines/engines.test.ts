import { join } from 'node:path';
import { expect, test } from 'vitest';
import { engines } from '#inference';
import { engineSuite } from '../../test/suites/engine.ts';

const graph = join(import.meta.dirname, '../../models/all-MiniLM-L6-v2/onnx/model_quantized.onnx');

engineSuite('onnx', engines.onnx, { graph, threads: 1, width: 384 }, 'last_hidden_state');
engineSuite('fake', engines.fake, { graph, threads: 1, width: 384 }, 'last_hidden_state');

test('onnx refuses a graph that is not there', async () => {
  const engine = await engines.onnx();
  await expect(engine.load({ graph: `${graph}.missing`, threads: 1, width: 384 })).rejects.toThrow();
});
