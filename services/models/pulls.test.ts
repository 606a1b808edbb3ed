import { expect, it } from 'vitest';
import { createPulls } from './pulls.ts';

it('refuses a pull where the proxy has no address, and does not tell what it has', () => {
  const proxy = { http: undefined, https: 'ann:secret@proxy:3128', none: undefined };
  const hub = { endpoint: 'http://127.0.0.1:1', token: undefined, proxy, offline: false };
  const pulls = createPulls({ hub, cacheDir: 'unused' }, async () => {});
  const start = () => pulls.start({ id: 'acme/moods', revision: 'main' });
  expect(start).toThrow(expect.objectContaining({ code: 'unsupported' }));
  expect(start).toThrow(/HTTPS_PROXY/);
  expect(start).not.toThrow(/secret/);
  expect(pulls.list()).toEqual([]);
});
