import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fakeTools } from '#nlp';
import { passages } from '../fixtures/passages.ts';
import { startServer, type TestServer } from '../http/server.ts';
import { newKey } from './keys.ts';
import { pythonForTests } from './python.ts';

const chatModels = join(import.meta.dirname, '../fixtures/chat-models');
const python = await pythonForTests();

describe.skipIf(!python)('clients for Python', () => {
  let server: TestServer;
  let key = '';
  beforeAll(async () => {
    const settings = { PARLANCE_AUTH: 'keys', PARLANCE_MODELS_DIR: chatModels };
    server = await startServer(settings, undefined, { tools: fakeTools(passages) });
    key = await newKey(server);
  });
  afterAll(() => server?.stop());

  const run = async (program: string, settings: Record<string, string>) =>
    (await python?.(program, { KEY: key, ...settings }))?.trim().split('\n');

  test('openai', async () => {
    const limited = await newKey(server, ['inference'], 30);
    const settings = { BASE_URL: `${server.url}/v1`, LIMITED_KEY: limited };
    expect(await run('openai_client.py', settings)).toEqual([
      'embeddings',
      'models',
      'chat',
      'stream',
      'left in the middle',
      'a model that is talked to',
      'errors',
      'came back after the time it was given',
    ]);
  });

  test('huggingface_hub', async () => {
    expect(await run('hugging_face_client.py', { BASE_URL: server.url })).toEqual([
      'text-classification',
      'feature-extraction',
      'sentence-similarity',
      'errors',
      'chat',
    ]);
  });
});
