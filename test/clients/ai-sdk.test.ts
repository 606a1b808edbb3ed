import { randomUUID } from 'node:crypto';
import {
  AbstractChat,
  type ChatState,
  type ChatStatus,
  DefaultChatTransport,
  parseJsonEventStream,
  readUIMessageStream,
  type UIMessage,
  type UIMessageChunk,
  uiMessageChunkSchema,
} from 'ai';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type AnswerMetadata, type ChatChunk, type ChatData, messagePage } from '#contracts';
import { fakeTools } from '#nlp';
import { passages } from '../fixtures/passages.ts';
import { type Caller, gate, get, newCustomer, post, sending } from '../http/conversations.ts';
import { startServer, type TestServer } from '../http/server.ts';

type Spoken = UIMessage<AnswerMetadata, ChatData>;

/** Every chunk we may send is one the client knows; the compiler checks it. */
const known = (chunk: ChatChunk): UIMessageChunk<AnswerMetadata, ChatData> => chunk;
void known;

const held = gate();
let server: TestServer;
let ann: Caller;
beforeAll(async () => {
  server = await startServer({}, undefined, { pace: held.pace, tools: fakeTools(passages) });
});
afterAll(() => server?.stop());
beforeEach(async () => {
  held.open();
  ann = await newCustomer(server);
});

/** The state of a chat without a framework, as the SDK asks for it. */
class State implements ChatState<Spoken> {
  status: ChatStatus = 'ready';
  error: Error | undefined = undefined;
  messages: Spoken[] = [];
  pushMessage = (message: Spoken) => {
    this.messages = [...this.messages, message];
  };
  popMessage = () => {
    this.messages = this.messages.slice(0, -1);
  };
  replaceMessage = (index: number, message: Spoken) => {
    this.messages = this.messages.with(index, message);
  };
  snapshot = <T>(thing: T): T => structuredClone(thing);
}

class Chat extends AbstractChat<Spoken> {
  readonly seen: string[] = [];

  constructor(id: string, messages: Spoken[] = []) {
    const seen: string[] = [];
    const state = new State();
    state.messages = messages;
    super({
      id,
      state,
      transport: new DefaultChatTransport({ api: `${server.url}/api/v1/chat`, headers: ann.headers }),
      onData: ({ type }) => seen.push(type),
    });
    this.seen = seen;
  }
}

const text = (message: Spoken | undefined) =>
  message?.parts.map((part) => (part.type === 'text' ? part.text : '')).join('') ?? '';
/** As far as the answer is shown. */
const answered = (chat: Chat) => (chat.lastMessage?.role === 'assistant' ? text(chat.lastMessage) : '');
const kinds = (message: Spoken | undefined) => message?.parts.map(({ type }) => type) ?? [];
const stored = async (id: string) => {
  const response = await get(server, `/api/v1/conversations/${id}/messages`, ann);
  return messagePage.parse(await response.json()).messages;
};

describe('the AI SDK’s own client', () => {
  test('sends, and shows an answer with its sources, its text and what it rests on', async () => {
    const chat = new Chat(randomUUID());
    await chat.sendMessage({ text: 'when is the late fee charged' });
    expect([chat.status, chat.error]).toEqual(['ready', undefined]);
    const answer = chat.lastMessage;
    expect(answer?.role).toBe('assistant');
    expect(kinds(answer)).toEqual(
      expect.arrayContaining(['data-route', 'data-sentiment', 'source-document', 'text', 'data-usage']),
    );
    expect(text(answer)).toContain('The late fee is €6.');
    expect(answer?.metadata).toMatchObject({ state: 'complete', outcome: 'answered' });
    for (const { quote, start, end } of answer?.metadata?.citations ?? []) {
      expect(text(answer).slice(start, end)).toBe(quote);
    }
    expect(chat.seen[0]).toBe('data-accepted');
    expect((await stored(chat.id)).map(({ id }) => id)).toEqual(chat.messages.map(({ id }) => id));
  });

  test('goes on in a conversation, one message after the other', async () => {
    const chat = new Chat(randomUUID());
    await chat.sendMessage({ text: 'restart the Hub' });
    await chat.sendMessage({ text: 'what is the capital of Mongolia' });
    expect(chat.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user', 'assistant']);
    expect(kinds(chat.lastMessage)).toContain('data-handoff');
    const parents = (await stored(chat.id)).map(({ parentId }) => parentId);
    expect(parents).toEqual([null, ...chat.messages.slice(0, -1).map(({ id }) => id)]);
  });

  test('adds no message of its own when only people answer', async () => {
    const chat = new Chat(randomUUID());
    await chat.sendMessage({ text: 'restart the Hub' });
    await post(server, `/api/v1/conversations/${chat.id}/handoff`, ann);
    await chat.sendMessage({ text: 'hello?' });
    expect([chat.status, chat.messages.length]).toEqual(['ready', 3]);
    expect(chat.lastMessage?.role).toBe('user');
    expect(chat.seen.at(-1)).toBe('data-route');
  });

  test('stops: the server ends the answer and keeps what was said', async () => {
    held.close();
    const chat = new Chat(randomUUID());
    const sent = chat.sendMessage({ text: 'restart the Hub' });
    await expect.poll(() => answered(chat), { timeout: 20_000 }).not.toBe('');
    await chat.stop();
    await sent;
    expect(chat.status).toBe('ready');
    // A reader that leaves stops nothing; the command does.
    expect((await get(server, `/api/v1/chat/${chat.id}/stream`, ann)).status).toBe(200);
    await post(server, `/api/v1/conversations/${chat.id}/stop`, ann);
    held.open();
    const [, answer] = await stored(chat.id);
    expect(answer).toMatchObject({ id: chat.lastMessage?.id, state: 'stopped' });
    expect(answer?.text.startsWith(text(chat.lastMessage))).toBe(true);
  });

  test('regenerates: the new answer stands beside the old one', async () => {
    const chat = new Chat(randomUUID());
    await chat.sendMessage({ text: 'when is the late fee charged' });
    const first = chat.lastMessage;
    await chat.regenerate({ messageId: first?.id });
    expect(chat.messages).toHaveLength(2);
    expect(chat.lastMessage?.id).not.toBe(first?.id);
    expect(text(chat.lastMessage)).not.toBe('');
    const answers = (await stored(chat.id)).filter(({ author }) => author === 'bot');
    expect(answers.map(({ id }) => id)).toEqual([first?.id, chat.lastMessage?.id]);
    expect(new Set(answers.map(({ parentId }) => parentId)).size).toBe(1);
    await chat.regenerate();
    expect((await stored(chat.id)).filter(({ author }) => author === 'bot')).toHaveLength(3);
  });

  test('resumes in the middle of an answer, on a second device, with nothing twice', async () => {
    held.close();
    const chat = new Chat(randomUUID());
    const sent = chat.sendMessage({ text: 'restart the Hub' });
    await expect.poll(() => answered(chat), { timeout: 20_000 }).not.toBe('');
    const history = chat.messages.slice(0, 1);
    const second = new Chat(chat.id, history);
    const resumed = second.resumeStream();
    await expect.poll(() => answered(second), { timeout: 20_000 }).not.toBe('');
    held.open();
    await Promise.all([sent, resumed]);
    expect(text(second.lastMessage)).toBe(text(chat.lastMessage));
    expect(second.lastMessage?.id).toBe(chat.lastMessage?.id);
    expect(kinds(second.lastMessage)).toEqual(kinds(chat.lastMessage));
    expect(second.lastMessage?.metadata?.state).toBe('complete');

    const third = new Chat(chat.id, second.messages);
    await third.resumeStream();
    expect([third.status, third.messages]).toEqual(['ready', second.messages]);
  });

  test('resumes over a partial answer it still shows, and rebuilds it', async () => {
    held.close();
    const chat = new Chat(randomUUID());
    const sent = chat.sendMessage({ text: 'restart the Hub' });
    await expect.poll(() => answered(chat), { timeout: 20_000 }).not.toBe('');
    await chat.stop();
    await sent;
    const resumed = chat.resumeStream();
    await expect.poll(() => chat.status, { timeout: 20_000 }).toBe('streaming');
    held.open();
    await resumed;
    const [, answer] = await stored(chat.id);
    expect(chat.messages).toHaveLength(2);
    expect(text(chat.lastMessage)).toBe(answer?.text);
    expect(answer?.state).toBe('complete');
  });

  test('that sends the same message twice has sent it once', async () => {
    const [id, messageId] = [randomUUID(), randomUUID()];
    const [one, two] = [new Chat(id), new Chat(id)];
    const message = {
      id: messageId,
      role: 'user' as const,
      parts: [{ type: 'text' as const, text: 'restart the Hub' }],
    };
    await Promise.all([one.sendMessage(message), two.sendMessage(message)]);
    const messages = await stored(id);
    expect(messages.map(({ author }) => author)).toEqual(['customer', 'bot']);
    expect([text(one.lastMessage), text(two.lastMessage)]).toEqual([messages[1]?.text, messages[1]?.text]);
  });

  test('is told in words what to do when a message is refused', async () => {
    const chat = new Chat(randomUUID());
    await chat.sendMessage({ text: 'x'.repeat(8001) });
    expect(chat.status).toBe('error');
    expect(JSON.parse(chat.error?.message ?? '')).toMatchObject({ code: 'invalid_input', status: 400 });
  });
});

test('the stream is the SDK’s own format, chunk by chunk, and reads as one message', async () => {
  const response = await post(server, '/api/v1/chat', ann, sending(randomUUID(), 'restart the Hub'));
  const chunks = parseJsonEventStream({
    stream: response.body as ReadableStream<Uint8Array>,
    schema: uiMessageChunkSchema,
  }).pipeThrough(
    new TransformStream({
      transform(parsed, controller) {
        if (!parsed.success) throw parsed.error;
        controller.enqueue(parsed.value as UIMessageChunk);
      },
    }),
  );
  let last: UIMessage | undefined;
  for await (const message of readUIMessageStream({ stream: chunks as ReadableStream<UIMessageChunk> }))
    last = message;
  expect(last?.parts.find((part) => part.type === 'text')).toMatchObject({
    state: 'done',
    text: expect.stringContaining('3. Plug it in.'),
  });
});
