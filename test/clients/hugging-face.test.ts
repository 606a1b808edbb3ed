import { InferenceClient, InferenceClientProviderApiError } from '@huggingface/inference';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '../http/server.ts';
import { newKey } from './keys.ts';

const embedder = 'all-MiniLM-L6-v2';
let server: TestServer;
let client: InferenceClient;
let key = '';
beforeAll(async () => {
  server = await startServer({ PARLANCE_AUTH: 'keys' });
  key = await newKey(server, ['inference']);
  client = new InferenceClient(key);
});
afterAll(() => server?.stop());

const at = (path: string) => ({ endpointUrl: `${server.url}/hf/models/${path}` });
const post = (path: string, body: unknown) =>
  server.post(`/hf/models/${path}`, body, { authorization: `Bearer ${key}` });

/** What the client throws, as far as it says what the server said. */
async function failure(call: Promise<unknown>) {
  const error = (await call.catch((thrown) => thrown)) as InferenceClientProviderApiError;
  expect(error).toBeInstanceOf(InferenceClientProviderApiError);
  const { status, body, requestId } = error.httpResponse;
  expect(requestId).toMatch(/^req_/);
  return { status, said: (body as { error: string }).error, message: error.message };
}

describe('the official client', () => {
  test('classifies a text', async () => {
    const classes = await client.textClassification({ ...at('sentiment'), inputs: 'Lovely.' });
    expect(classes.map(({ label }) => label).sort()).toEqual(['negative', 'neutral', 'positive']);
    expect(classes.map(({ score }) => score)).toEqual(
      classes.map(({ score }) => score).sort((a, b) => b - a),
    );
    expect(classes.reduce((sum, { score }) => sum + score, 0)).toBeCloseTo(1, 3);
    const parameters = { top_k: 1, function_to_apply: 'softmax' as const };
    const best = await client.textClassification({ ...at('sentiment'), inputs: 'Lovely.', parameters });
    expect(best).toEqual(classes.slice(0, 1));
  });

  test('extracts features, by the model’s address and by the pipeline’s', async () => {
    const inputs = ['hello', 'good morning'];
    const vectors = await client.featureExtraction({ ...at(embedder), inputs });
    expect((vectors as number[][]).map((each) => each.length)).toEqual([384, 384]);
    const named = at(`${embedder}/pipeline/feature-extraction`);
    expect(await client.featureExtraction({ ...named, inputs, normalize: true, truncate: true })).toEqual(
      vectors,
    );
    expect(await client.featureExtraction({ ...named, inputs: 'hello' })).toHaveLength(1);
  });

  test('translates', async () => {
    const parameters = { src_lang: 'en', tgt_lang: 'es' };
    const inputs = 'Read https://example.com/help today.';
    const answer = await client.translation({ ...at('nmt-en-es'), inputs, parameters });
    expect(answer).toMatchObject({ translation_text: expect.stringContaining('https://example.com/help') });
    const loud = { src_lang: 'EN', tgt_lang: 'ES' };
    expect(await client.translation({ ...at('nmt-en-es'), inputs, parameters: loud })).toEqual(answer);
    const french = { tgt_lang: 'fr' };
    const refused = await failure(client.translation({ ...at('nmt-en-es'), inputs, parameters: french }));
    expect(refused.said).toContain('fr');
    expect((await failure(client.translation({ ...at('nmt-en-es'), inputs }))).status).toBe(400);
  });

  test('compares sentences', async () => {
    const inputs = { source_sentence: 'hello', sentences: ['hello', 'good morning'] };
    for (const path of [embedder, `${embedder}/pipeline/sentence-similarity`]) {
      const [same, other] = await client.sentenceSimilarity({ ...at(path), inputs });
      expect(same).toBeCloseTo(1, 5);
      expect(other).toBeLessThan(1);
    }
  });

  test('talks to the bot at the address of OpenAI’s clients', async () => {
    const asked = { endpointUrl: `${server.url}/v1`, model: 'parlance/auto' };
    const messages = [{ role: 'user' as const, content: 'hello' }];
    const talking = new InferenceClient(await newKey(server, ['chat']));
    const answer = await talking.chatCompletion({ ...asked, messages });
    expect(answer.choices[0]?.message.content).toBeTruthy();
    let text = '';
    for await (const chunk of talking.chatCompletionStream({ ...asked, messages }))
      text += chunk.choices[0]?.delta.content ?? '';
    expect(text).toBe(answer.choices[0]?.message.content);
  });

  test('tells what is wrong in the server’s own words', async () => {
    const inputs = 'hello';
    const unknown = await failure(client.textClassification({ ...at('none/such'), inputs }));
    expect(unknown).toMatchObject({ status: 404, message: expect.stringContaining(unknown.said) });
    const stranger = new InferenceClient('hf_of_somebody_else');
    expect(await failure(stranger.textClassification({ ...at('sentiment'), inputs }))).toMatchObject({
      status: 401,
    });
    const other = await failure(
      client.featureExtraction({ ...at('sentiment/pipeline/feature-extraction'), inputs }),
    );
    expect(other).toMatchObject({ status: 400, said: expect.stringContaining('text-classification') });
    const none = await failure(
      client.featureExtraction({ ...at(`${embedder}/pipeline/object-detection`), inputs }),
    );
    expect(none).toMatchObject({ status: 404, said: expect.stringContaining('feature-extraction') });
    const blank = await failure(client.textClassification({ ...at('sentiment'), inputs: ' ' }));
    expect(blank.status).toBe(400);
    const large = await failure(
      client.textClassification({ ...at('sentiment'), inputs: 'a'.repeat(5_000_000) }),
    );
    expect(large.status).toBe(413);
    const parameters = { function_to_apply: 'none' as const };
    const raw = await failure(client.textClassification({ ...at('sentiment'), inputs, parameters }));
    expect(raw).toMatchObject({ status: 400, said: expect.stringContaining('function_to_apply') });
    const loose = await failure(client.featureExtraction({ ...at(embedder), inputs, normalize: false }));
    expect(loose.status).toBe(400);
  });

  test('is told to wait with 429, since it would try a 503 again at once and without end', async () => {
    const limited = new InferenceClient(await newKey(server, ['inference'], 1));
    const call = () => limited.textClassification({ ...at('sentiment'), inputs: 'a' });
    await call();
    expect(await failure(call())).toMatchObject({ status: 429, said: expect.stringContaining('1 requests') });
  });
});

describe('on the wire', () => {
  test('classes of one text are a list in a list, as the client needs them', async () => {
    const one = await (await post('sentiment', { inputs: 'a' })).json();
    expect(one).toEqual([[expect.anything(), expect.anything(), expect.anything()]]);
    const two = await (await post('sentiment', { inputs: ['a', 'b'] })).json();
    expect(two).toHaveLength(2);
  });

  test('a text that is too long is cut and said to be, or refused where it must not be cut', async () => {
    const inputs = 'word '.repeat(400);
    const cut = await post(embedder, { inputs });
    expect([cut.status, cut.headers.get('x-truncated'), cut.headers.get('x-compute-tokens')]).toEqual([
      ...[200, 'true', '256'],
    ]);
    for (const wish of [{ truncate: false }, { truncation_direction: 'left' }]) {
      expect((await post(embedder, { inputs, ...wish })).status).toBe(400);
      expect((await post(embedder, { inputs: 'short', ...wish })).status).toBe(200);
    }
  });

  test('labels are never left unheeded: what is wrong with them is told, and so is a pipeline that has none', async () => {
    const said = async (path: string, parameters: object) => {
      const answer = await post(path, { inputs: 'My parcel is late.', parameters });
      return { status: answer.status, body: (await answer.json()) as { error: string; error_type: string } };
    };
    const labels = ['travel', 'parcels'];
    const found = await said(embedder, { candidate_labels: labels });
    expect(found).toMatchObject({ status: 200, body: [{ label: expect.any(String) }, expect.anything()] });
    for (const parameters of [
      { candidate_labels: 'travel, parcels' },
      { candidate_labels: labels, hypothesis_template: 'It has no place.' },
      { candidate_labels: Array.from({ length: 101 }, (_, at) => `label ${at}`) },
    ]) {
      const { status, body } = await said(embedder, parameters);
      expect([status, body.error_type]).toEqual([400, 'invalid_input']);
      expect(body.error).toMatch(/candidate_labels|hypothesis_template/);
    }
    for (const path of [`${embedder}/pipeline/feature-extraction`, 'sentiment']) {
      const { status, body } = await said(path, { candidate_labels: labels });
      expect([status, body.error]).toEqual([400, expect.stringContaining('candidate_labels')]);
    }
  });

  test('an error of one text among many names it', async () => {
    const answer = await post('sentiment', { inputs: ['a', ''] });
    expect(await answer.json()).toMatchObject({ error: expect.any(String), error_type: 'invalid_input' });
  });
});
