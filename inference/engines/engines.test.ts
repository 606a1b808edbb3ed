import { join } from 'node:path';
import { Endpoint, engines, KserveEngine } from '#inference';
import { type KserveTraits, kserveServer } from '../../test/fixtures/kserve-server.ts';
import { engineSuite } from '../../test/suites/engine.ts';

const graph = join(import.meta.dirname, '../../models/all-MiniLM-L6-v2/onnx/model_quantized.onnx');
const options = { graph, threads: 1, width: 384 };

/** A server that has the fake graph. */
async function kserve(traits: KserveTraits = {}) {
  const session = await (await engines.fake()).load(options);
  return new KserveEngine(new Endpoint('m', kserveServer(session, traits)));
}
const remote = { ...options, graph: 'encoder' };

engineSuite('onnx', engines.onnx, options, 'sentence_embedding');
engineSuite('fake', engines.fake, options, 'last_hidden_state');
engineSuite('kserve', kserve, remote, 'last_hidden_state');
engineSuite('kserve in JSON', () => kserve({ extensions: [] }), remote, 'last_hidden_state');
engineSuite('kserve in FP16', () => kserve({ datatype: 'FP16' }), remote, 'last_hidden_state');
