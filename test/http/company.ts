import { randomUUID } from 'node:crypto';
import { runOf, sampleOf } from '../fixtures/evaluation-run.ts';
import type { TestServer } from './server.ts';

export type Headers = Record<string, string>;

/** The ids of one record of each kind. */
export interface Ids {
  conversation: string;
  question: string;
  answer: string;
  source: string;
  passage: string;
  gap: string;
  person: string;
  team: string;
  invitation: string;
  key: string;
  example: string;
  run: string;
  job: string;
  review: string;
  item: string;
  classifier: string;
  batch: string;
  dataset: string;
  row: string;
  version: string;
}

/** A tenant with one record of each kind. */
export interface Company {
  tenant: string;
  /** A word in everything it has: whoever is sent it has read what is the company's. */
  secret: string;
  ids: Ids;
  /** A key with every right. */
  admin: Headers;
  /** The customer with the conversation. */
  eve: Headers;
  /** Somebody new who works there, in a browser of their own. */
  join(): Promise<Headers>;
  /** A customer who is new. */
  stranger(): Promise<Headers>;
  /** The customer with the conversation goes on; answers when it is in the log. */
  say(): Promise<unknown>;
}

/** Makes the tenant and its records, each by the way it has. */
export async function foundCompany(server: TestServer, tenant: string): Promise<Company> {
  const { keys, people } = server.running.services;
  const secret = `velvet-otter-of-${tenant}`;
  const first = { name: secret, scopes: ['admin' as const], ratePerMinute: null, expiresInDays: null };
  const admin = bearer((await keys.create({ tenant, actor: 'local' }, first)).secret);
  const make = async (path: string, body: object, as = admin): Promise<Record<string, string>> => {
    const answer = await server.post(path, body, as);
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return (await answer.json()) as Record<string, string>;
  };
  const id = async (path: string, body: object) => (await make(path, body)).id ?? '';
  const someone = (name: string) => ({ email: `${name}-${randomUUID()}@${secret}.example` });

  const join = async (): Promise<Headers> => {
    const { token } = await make('/api/v1/people/invitations', someone('ann'));
    const ann = { name: secret, password: 'a long enough password' };
    const accepted = await server.post(`/api/v1/people/invitations/${token}/accept`, ann);
    const [cookie = ''] = accepted.headers.getSetCookie();
    return { cookie: cookie.split(';')[0] ?? '', origin: server.url };
  };
  await join();
  const [person] = await people.users.list(tenant);

  const eve = await make('/api/v1/customers', {});
  const known = await knowledgeOf(server, tenant, secret);
  const customer = eve.customerId ?? '';
  const talk = await conversationOf(server, { tenant, customer }, secret, known);
  return {
    tenant,
    secret,
    admin,
    eve: bearer(eve.token),
    join,
    stranger: async () => bearer((await make('/api/v1/customers', {})).token),
    say: talk.say,
    ids: {
      ...known,
      ...talk.ids,
      person: person?.id ?? '',
      key: await id('/api/v1/keys', { name: secret }),
      example: await id('/api/v1/examples', { task: 'sentiment', title: secret, text: secret }),
      invitation: await id('/api/v1/people/invitations', someone('bob')),
      classifier: await classifierOf(make, secret),
      team: await id('/api/v1/teams', { name: secret }),
      batch: await batchOf(server, tenant, secret),
      ...(await evaluationOf(make, secret, talk.ids)),
    },
  };
}

/** Two labels are enough for there to be one. */
async function classifierOf(make: (path: string, body: object) => Promise<unknown>, secret: string) {
  const rows = [1, 2, 3].flatMap((at) => [
    { text: `${secret} opens ${at}`, label: secret },
    { text: `what else ${at}`, label: 'other' },
  ]);
  await make('/api/v1/classifiers', { name: secret, rows });
  return secret;
}

/** A job that has ended. */
async function batchOf(server: TestServer, tenant: string, secret: string) {
  const { batches } = server.running.services;
  async function* content() {
    yield Buffer.from(`text\n${secret}\n`);
  }
  async function* form() {
    yield { name: `${secret}.csv`, fields: new Map([['task', 'sentiment']]), content: content() };
  }
  const { id } = await batches.create({ tenant, actor: 'local' }, form());
  for await (const _ of batches.follow(tenant, id, AbortSignal.timeout(60_000)));
  return id;
}

const bearer = (token = ''): Headers => ({ authorization: `Bearer ${token}` });

async function knowledgeOf(server: TestServer, tenant: string, secret: string) {
  const { knowledge } = server.running.services;
  async function* files() {
    yield { name: `${secret}.md`, content: Buffer.from(`# ${secret}\n\nThe ${secret} opens at nine.`) };
  }
  const [source] = await knowledge.sources.add({ tenant, actor: 'local' }, files(), 'en');
  await knowledge.idle();
  const [passage] = await knowledge.sources.passages(tenant, source?.id ?? '');
  const gap = { question: `Where is ${secret}?`, language: 'en', conversationId: null, best: null };
  await knowledge.gaps.record(tenant, gap);
  const intent = {
    name: 'open',
    description: secret,
    examples: { en: [secret] },
    action: { kind: 'handoff' },
  };
  await knowledge.intents.replace({ tenant, actor: 'local' }, [intent as never]);
  const [asked] = await knowledge.gaps.list(tenant);
  return { source: source?.id ?? '', passage: passage?.id ?? '', gap: asked?.id ?? '' };
}

/** A question and an answer that quotes the passage. */
async function conversationOf(
  server: TestServer,
  party: { tenant: string; customer: string },
  secret: string,
  { source: sourceId, passage: passageId }: { source: string; passage: string },
) {
  const { ledger } = server.running.services;
  const [conversation, question, answer] = [randomUUID(), randomUUID(), randomUUID()];
  await ledger.open(party, { id: conversation, customerName: secret, language: 'en', title: secret });
  const eve = { kind: 'customer' as const, id: party.customer };
  const bot = { kind: 'bot' as const, id: 'bot' };
  const said = (messageId: string) => ({ messageId, parentId: null, text: secret, authorName: null });
  await ledger.change(party, conversation, async ({ add }) => {
    await add(eve, 'message-added', said(question));
    await add(bot, 'answer-started', { messageId: answer, parentId: question });
    const quote = { passageId, sourceId, title: secret, headings: [], quote: secret, start: 0, end: 1 };
    await add(bot, 'answer-ended', {
      ...{ messageId: answer, parentId: question, state: 'complete', text: secret, outcome: 'answered' },
      ...{ citations: [quote], choices: [] },
    });
  });
  const say = () =>
    ledger.change(party, conversation, ({ add }) => add(eve, 'message-added', said(randomUUID())));
  return { ids: { conversation, question, answer }, say };
}

/** A sealed run, a queue of its answers with an item in the administrator's hands, and a dataset with a version. */
async function evaluationOf(
  make: (path: string, body: object) => Promise<Record<string, string>>,
  secret: string,
  { conversation, answer }: { conversation: string; answer: string },
) {
  const base = '/api/v1/evaluations';
  const run = runOf({ suiteName: secret, rows: 1, target: { name: secret, revision: null } });
  await make(`${base}/runs`, run);
  await make(`${base}/runs/${run.id}/samples`, {
    samples: [sampleOf('1', { input: secret, output: secret })],
  });
  await make(`${base}/runs/${run.id}/seal`, {});
  const rubric = { title: secret, scale: { kind: 'scale', points: 5 } };
  const { id: review = '' } = await make(`${base}/reviews`, {
    ...{ runIds: [run.id], select: { random: 1 }, rubric, blind: false },
  });
  const { item } = await make(`${base}/reviews/${review}/next`, {});
  const from = { conversationId: conversation, messageId: answer };
  const row = await make(`${base}/datasets/${secret}/rows`, { input: secret, expected: secret, from });
  const version = await make(`${base}/datasets/${secret}/versions`, {});
  const yaml = `{ suite: ${secret}, version: 1, title: ${secret}, dataset: { rows: [{ input: ${secret}, expected: neutral }] }, target: { task: sentiment }, answer: /label, scorers: [{ name: accuracy }] }`;
  const { id: job = '' } = await make(`${base}/jobs`, { yaml });
  return {
    ...{ job, run: run.id, review, dataset: secret, row: row.id ?? '', version: version.sha256 ?? '' },
    item: (item as unknown as { id: string }).id,
  };
}
