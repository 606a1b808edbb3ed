import { describe, expect, it } from 'vitest';
import { ParlanceClient } from '#client';
import { useApp } from './app.ts';
import { browserIsThere } from './browser.ts';
import { startServer } from './server.ts';

describe.runIf(browserIsThere())('access', () => {
  const app = useApp();

  it('says when the server is gone and goes on when it is back', async () => {
    const page = await app.open('/models');
    await page.getByRole('link', { name: 'all-MiniLM-L6-v2' }).waitFor();
    const { dataDir, url } = app.server;
    await app.server.stop();
    await page.getByRole('link', { name: 'Settings', exact: true }).click();
    await page.getByText('The server does not answer.').waitFor();
    // Asking by hand while it is still away changes nothing; once it is back the page finds out by itself.
    await page.getByRole('button', { name: 'Try now' }).click();
    await page.getByText('The server does not answer.').waitFor();
    app.use(await startServer({ dataDir, port: Number(new URL(url).port) }));
    await page.getByText('The server does not answer.').waitFor({ state: 'detached' });
    await page.getByText('PGlite, embedded').waitFor();
  });

  it('asks for a key when the server wants one, and forgets it on request', async () => {
    const client = new ParlanceClient({ baseUrl: app.url });
    const created = await client.keys.create({ name: 'page', scopes: ['admin'] });
    const { dataDir } = app.server;
    // A server that asks for credentials wants somebody to be able to give them.
    await client.invitations.create({ email: 'admin@example.org', roles: ['admin'] });
    await app.server.stop();
    app.use(await startServer({ dataDir, env: { PARLANCE_AUTH: 'keys' } }));

    const page = await app.open('/keys');
    await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Use an API key' }).click();
    await page.getByLabel('API key').fill('wrong');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('The server does not know this key').waitFor();
    await page.getByLabel('API key').fill(created.secret ?? '');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('listitem').filter({ hasText: 'page' }).waitFor();

    await page.reload();
    await page.getByRole('listitem').filter({ hasText: 'page' }).waitFor();
    expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain(created.secret);
    const stranger = await app.open('/keys');
    await stranger.getByRole('heading', { name: 'Sign in', exact: true }).waitFor();

    await page.getByRole('link', { name: 'Settings', exact: true }).click();
    await page.getByText('Sign-in required').waitFor();
    await page.getByRole('button', { name: 'Forget the key' }).click();
    await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor();
  });
});
