import { expect, it } from 'vitest';
import { ParlanceClient } from './index.ts';

interface Seen {
  url: string;
  init: RequestInit;
}

/** A client of a server that answers everything with the same, and what it was sent. */
function recorded() {
  const seen: Seen[] = [];
  const fetch = async (url: unknown, init: RequestInit = {}) => {
    seen.push({ url: String(url), init });
    return new Response('{"sources":[{}]}');
  };
  return { client: new ParlanceClient({ fetch: fetch as typeof globalThis.fetch }), seen };
}

it('sends a file as a form whose boundary the platform names, and anything else as JSON', async () => {
  const { client, seen } = recorded();
  await client.knowledge.sources.upload(new Blob(['# Roaming']), 'en/roaming.md');
  await client.session.signIn({ email: 'a@example.org', password: 'x' });
  const [upload, signIn] = seen;
  const form = upload?.init.body;
  if (!(form instanceof FormData)) throw new Error('no form was sent');
  expect(await (form.get('file') as File).text()).toBe('# Roaming');
  expect(new Headers(upload?.init.headers).has('content-type')).toBe(false);
  expect(new Headers(signIn?.init.headers).get('content-type')).toBe('application/json');
  expect(signIn?.init.body).toBe('{"email":"a@example.org","password":"x"}');
});

it('leaves out of an address what was not given, and escapes what was', async () => {
  const { client, seen } = recorded();
  await client.knowledge.sources.list({ query: 'ñ & more', language: undefined });
  await client.knowledge.sources.list();
  await client.people.change('a/b', { disabled: true });
  expect(seen.map((each) => each.url)).toEqual([
    '/api/v1/knowledge/sources?query=%C3%B1+%26+more',
    '/api/v1/knowledge/sources',
    '/api/v1/people/a%2Fb',
  ]);
});
